import { expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';

const parse = (limits: unknown) =>
  parseConfig(
    JSON.stringify({
      listeners: [{ address: ':0', defaultPool: 'p' }],
      pools: { p: { servers: ['http://localhost:5001'] } },
      scenarios: { s: { steps: ['at 0s: restore'], limits } },
    }),
  );

it('are read, durations in milliseconds', () => {
  const config = parse({ errorRate: 0.01, clientErrors: 0, p95: '1.5s', timeToRecover: '1m' });
  expect(config.ok && config.value.scenarios[0]?.limits).toEqual({
    errorRate: 0.01,
    clientErrors: 0,
    p95: 1_500,
    timeToRecover: 60_000,
  });
  const none = parse(undefined);
  expect(none.ok && none.value.scenarios[0]?.limits).toEqual({});
});

it.each([
  [
    { errorRate: '1%' },
    'errorRate: "1%" must be a share from 0 to 1; write 0.01 for one request in a hundred',
  ],
  [{ errorRate: 5 }, 'errorRate: 5 must be a share from 0 to 1; write 0.01 for one request in a hundred'],
  [{ clientErrors: -1 }, 'clientErrors: -1 must be a whole number from 0 to 1000000000'],
  [{ p95: 3 }, 'p95: 3 is not a duration; write "3ms" or "3s" (units: ms, s, m, h)'],
  [{ clientErorrs: 1 }, 'clientErorrs: is not a field here; did you mean "clientErrors"?'],
])('are refused in words: %j', (limits, message) => {
  const config = parse(limits);
  expect(config.ok ? [] : config.error.map((issue) => issue.message)).toEqual([
    `scenarios.s.limits.${message}`,
  ]);
});

it('are an object', () => {
  const config = parse(7);
  expect(config.ok ? [] : config.error.map((issue) => issue.message)).toEqual([
    'scenarios.s.limits: 7 must be an object such as { "clientErrors": 0, "timeToDetect": "3s" }',
  ]);
});
