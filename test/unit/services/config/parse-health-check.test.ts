import { expect, it } from 'vitest';
import { parseHealthCheck } from '../../../../electron/services/config/parse-health-check.ts';

it('reads a check as it would stand in the config, with its defaults', () => {
  expect(parseHealthCheck({ path: '/up', expectedStatus: ['200', 204] })).toMatchObject({
    ok: true,
    value: { type: 'http', method: 'HEAD', path: '/up', timeout: 1_000, rise: 1 },
  });
});

it('says all that is wrong', () => {
  expect(parseHealthCheck({ path: 'up', intervall: '1s', bodyContains: 'ok' })).toEqual({
    ok: false,
    error: [
      'path: "up" must be a path that starts with "/", such as "/health"',
      'intervall: is not a field here; did you mean "interval"?',
      'bodyContains: "ok" needs a method whose answer has a body; set "method" to "GET"',
    ],
  });
});
