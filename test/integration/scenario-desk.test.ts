import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunWitness } from '../../electron/services/scenarios/run-recorder.ts';
import { ScenarioDesk } from '../../electron/services/scenarios/scenario-desk.ts';
import type { ScenarioConfig } from '../../shared/config/config.ts';
import { parseStep } from '../../shared/config/scenario-schema.ts';
import type { ScenarioProgress } from '../../shared/view/scenario-progress.ts';
import type { ScenarioReport } from '../../shared/view/scenario-report.ts';
import { type Rehearsal, send, startRehearsal } from '../support/rehearsal.ts';
import { until } from '../support/until.ts';

let rehearsal: Rehearsal;
let told: ScenarioProgress[];
let reports: ScenarioReport[];
let desk: ScenarioDesk;
let isOpen: boolean;
let scenarios: ScenarioConfig[];
beforeEach(async () => {
  isOpen = false;
  rehearsal = await startRehearsal({}, false, true, (push) => {
    if (isOpen && push.push === 'event') desk.tell(push.payload);
  });
  told = [];
  reports = [];
  const { engine } = rehearsal.engine;
  scenarios = [
    scenarioOf('short', 'at 0s: a error 500', 'at 50ms: restore'),
    scenarioOf('long', 'at 0s: a hang', 'at 1h: restore'),
  ];
  desk = deskWith(engine);
  isOpen = true;
});
afterEach(() => rehearsal.stop());

function deskWith(witness: RunWitness): ScenarioDesk {
  const { engine } = rehearsal.engine;
  return new ScenarioDesk({
    stage: {
      snapshot: engine.snapshot,
      setAdmin: engine.setAdmin,
      forceHealth: engine.forceHealth,
      setFaults: engine.setFaults,
      noteScenario: engine.noteScenario,
      process: () => null,
    },
    witness,
    scenarios: () => scenarios,
    onProgress: (progress) => told.push(progress),
    onReport: (report) => reports.push(report),
  });
}

function scenarioOf(name: string, ...texts: string[]): ScenarioConfig {
  const steps = texts.map((text) => {
    const step = parseStep(text);
    if (!step.ok) throw new Error(step.error);
    return step.value;
  });
  return { name, seed: null, limits: {}, steps };
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

it('reports once what broke is back, and holds the run against its limits', async () => {
  const limits = { clientErrors: 2, timeToRecover: 60_000, p95: 60_000 };
  scenarios = [{ ...scenarioOf('limited', 'at 0s: a error 500', 'at 1s: restore'), limits }];
  await desk.play('limited', null);
  await until('it has begun', async () => (await rehearsal.backend('a')).faults.length === 1);
  const statuses: number[] = [];
  for (let turn = 0; turn < 4; turn++) statuses.push((await send(rehearsal.engine.port)).status);
  await until('it is reported', () => reports.length === 1);
  const errors = statuses.filter((status) => status >= 500).length;
  expect(reports[0]).toMatchObject({
    scenario: 'limited',
    verdict: errors > 2 ? 'failed' : 'passed',
    command: null,
    clients: { requests: 4, errors },
    steps: [{ words: 'a error 500' }, { words: 'restore' }, { words: 'its last step is done' }],
    incidents: [{ backend: 'a', cause: 'error 500', clientErrors: errors }],
    leftOut: 0,
  });
  expect(reports[0]?.incidents[0]?.recoveredAfterMs).not.toBeNull();
  const names = reports[0]?.limits.map(({ name }) => name);
  expect(names).toEqual(['clientErrors', 'p95', 'timeToRecover', 'steps']);
});

it('reports nothing of one that was stopped', async () => {
  await desk.play('long', null);
  await desk.stop();
  await desk.play('short', null);
  await until('the other is reported', () => reports.length > 0);
  expect(reports.map(({ scenario, verdict }) => [scenario, verdict])).toEqual([['short', 'unjudged']]);
});

it('counts on for a scenario that begins while the one before still waits to be reported', async () => {
  const { engine } = rehearsal.engine;
  const counting: boolean[] = [];
  let [asked, answered, isHeld] = [0, 0, true];
  desk = deskWith({
    // What the first is asked before it reports is answered only when the second has begun to count.
    snapshot: async () => {
      asked++;
      await until('it may be answered', () => !isHeld);
      const snapshot = await engine.snapshot(null);
      setImmediate(() => answered++);
      return snapshot;
    },
    tally: async (request) => {
      counting.push(request.isOn);
      const counted = await engine.tally(request);
      if (counting.length !== 2) return counted;
      isHeld = false;
      await until('the first has its answer', () => answered > 0);
      return counted;
    },
  });
  await desk.play('short', null);
  await until('it is looked whether all is back', () => asked === 1);
  expect(await desk.play('long', null)).toMatchObject({ ok: true });
  await until('it has begun', async () => (await rehearsal.backend('a')).faults.length === 1);
  expect((await desk.finish(null))?.clients).not.toBeNull();
  expect([counting, reports]).toEqual([[true, true, false], []]);
  await desk.stop();
});

it('knows the scenarios of the config in force, and no others', async () => {
  scenarios = [];
  expect(await desk.play('short', null)).toMatchObject({ ok: false, error: { code: 'refused' } });
  expect(told).toEqual([]);
  expect(await desk.stop()).toEqual({ ok: true, value: null });
});
