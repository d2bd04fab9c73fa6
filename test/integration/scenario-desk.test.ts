import { afterEach, beforeEach, expect, it } from 'vitest';
import { ScenarioDesk } from '../../electron/scenarios/scenario-desk.ts';
import type { ScenarioConfig } from '../../shared/config.ts';
import type { ScenarioProgress } from '../../shared/scenario-progress.ts';
import { parseStep } from '../../shared/scenario-schema.ts';
import { type Rehearsal, startRehearsal } from '../support/rehearsal.ts';
import { until } from '../support/until.ts';

let rehearsal: Rehearsal;
let told: ScenarioProgress[];
let desk: ScenarioDesk;
let scenarios: ScenarioConfig[];
beforeEach(async () => {
  rehearsal = await startRehearsal();
  told = [];
  const { engine } = rehearsal.engine;
  scenarios = [
    scenarioOf('short', 'at 0s: a error 500', 'at 50ms: restore'),
    scenarioOf('long', 'at 0s: a hang', 'at 1h: restore'),
  ];
  desk = new ScenarioDesk({
    stage: {
      snapshot: engine.snapshot,
      setAdmin: engine.setAdmin,
      forceHealth: engine.forceHealth,
      setFaults: engine.setFaults,
      noteScenario: engine.noteScenario,
      process: () => null,
    },
    scenarios: () => scenarios,
    onProgress: (progress) => told.push(progress),
  });
});
afterEach(() => rehearsal.stop());

function scenarioOf(name: string, ...texts: string[]): ScenarioConfig {
  const steps = texts.map((text) => {
    const step = parseStep(text);
    if (!step.ok) throw new Error(step.error);
    return step.value;
  });
  return { name, seed: null, steps };
}

it('plays a scenario to its end, and tells how far it has got', async () => {
  expect(await desk.play('short', null)).toEqual({ ok: true, value: null });
  await until('it has ended', () => desk.progress?.isPlaying === false);
  expect(told.map(({ done, isPlaying }) => [done, isPlaying])).toEqual([
    [0, true],
    [1, true],
    [2, true],
    [2, false],
  ]);
  expect(told[0]?.steps).toEqual([
    { atMs: 0, text: 'a error 500' },
    { atMs: 50, text: 'restore' },
  ]);
  expect((await rehearsal.backend('a')).faults).toEqual([]);
});

it('stops one, and undoes what it has done; plays one at a time', async () => {
  await desk.play('long', null);
  await until('it has begun', async () => (await rehearsal.backend('a')).faults.length === 1);
  expect(await desk.play('short', null)).toMatchObject({
    ok: false,
    error: { message: 'long is playing; stop it first.' },
  });
  await desk.stop();
  expect(desk.progress).toMatchObject({ name: 'long', isPlaying: false });
  expect((await rehearsal.backend('a')).faults).toEqual([]);
  expect(await desk.play('short', null)).toMatchObject({ ok: true });
  await desk.stop();
});

it('knows the scenarios of the config in force, and no others', async () => {
  scenarios = [];
  expect(await desk.play('short', null)).toMatchObject({ ok: false, error: { code: 'refused' } });
  expect(told).toEqual([]);
  expect(await desk.stop()).toEqual({ ok: true, value: null });
});
