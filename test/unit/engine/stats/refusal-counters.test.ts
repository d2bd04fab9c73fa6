import { expect, it } from 'vitest';
import { RefusalCounters } from '../../../../electron/engine/stats/refusal-counters.ts';

it('counts by listener and cause, and forgets listeners that have left the config', () => {
  const counters = new RefusalCounters();
  counters.refused('a', 'head-too-large');
  counters.refused('a', 'head-too-large');
  counters.refused('a', 'no-backend');
  counters.refused('b', 'no-backend');
  counters.handshakeFailed('b');
  expect(counters.refusals('a')).toEqual([
    { code: 'head-too-large', status: 431, count: 2 },
    { code: 'no-backend', status: 503, count: 1 },
  ]);
  expect(counters.handshakeFailures('b')).toBe(1);
  counters.keepOnly(['a']);
  expect([counters.refusals('a').length, counters.refusals('b'), counters.handshakeFailures('b')]).toEqual([
    2,
    [],
    0,
  ]);
});
