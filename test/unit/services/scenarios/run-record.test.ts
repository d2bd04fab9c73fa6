import { expect, it } from 'vitest';
import { RunRecord } from '../../../../electron/services/scenarios/run-record.ts';
import type { EngineEvent } from '../../../../shared/view/engine-event.ts';
import type { Incident } from '../../../../shared/view/incident.ts';

const START = 1_000_000;

const incident = (change: Partial<Incident> = {}): Incident => ({
  cause: 'crash',
  isSimulated: true,
  brokenAt: START + 100,
  firstErrorAt: null,
  markedDownAt: START + 400,
  backAt: START + 900,
  failed: 0,
  rescued: 2,
  ...change,
});

const ended = (backend: string, change: Partial<Incident> = {}): EngineEvent => ({
  kind: 'incident',
  id: 1,
  at: START + 900,
  pool: 'p',
  backend,
  incident: incident(change),
});

it('has what the scenario did and what broke, from its start', () => {
  const record = new RunRecord(START);
  record.add({ kind: 'scenario', id: 1, at: START + 50, scenario: 's', words: 'a crash' });
  record.add(ended('b', { brokenAt: START + 200 }));
  record.add(ended('a'));
  record.add({ kind: 'config-applied', id: 2, at: START, summary: 'x' });
  expect(record.steps).toEqual([{ atMs: 50, words: 'a crash' }]);
  expect(record.incidents).toMatchObject([
    { backend: 'a', brokenAtMs: 100, detectedAfterMs: 300, recoveredAfterMs: 800, rescued: 2 },
    { backend: 'b', brokenAtMs: 200 },
  ]);
  expect(record.leftOut).toBe(0);
});

it('keeps a thousand incidents, says how many more there were, and judges by all', () => {
  const record = new RunRecord(START);
  for (let turn = 0; turn < 2_500; turn++) record.add(ended(`b${turn}`));
  record.add(ended('last', { backAt: START + 60_100, markedDownAt: START + 30_100 }));
  expect(record.incidents).toHaveLength(1_000);
  expect(record.leftOut).toBe(1_501);
  expect(record.longestUndetected).toEqual({ ms: 30_000, whose: 'p/last: crash' });
  expect(record.longestBroken).toEqual({ ms: 60_000, whose: 'p/last: crash' });
});

it('takes what nobody noticed, and what lasts, for as long as it was watched', () => {
  const record = new RunRecord(START);
  record.add(ended('a', { markedDownAt: null }));
  expect(record.longestUndetected?.ms).toBe(800);
  record.addIncident({ pool: 'p', backend: 'b' }, incident({ backAt: null }), START + 5_100);
  expect(record.longestBroken).toEqual({ ms: 5_000, whose: 'p/b: crash' });
});

it('does not judge by what was broken before', () => {
  const record = new RunRecord(START);
  record.add(ended('a', { brokenAt: START - 60_000 }));
  expect(record.longestBroken).toBeNull();
  expect(record.incidents).toMatchObject([{ brokenAtMs: -60_000 }]);
});
