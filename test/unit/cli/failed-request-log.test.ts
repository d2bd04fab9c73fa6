import { expect, it } from 'vitest';
import { FailedRequestLog } from '../../../electron/cli/failed-request-log.ts';
import type { FailedRequest } from '../../../electron/engine/core/failed-request.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const failed: FailedRequest = {
  code: 'no-backend',
  listener: ':8080',
  pool: 'p',
  client: '127.0.0.1',
  method: 'GET',
  target: '/',
  status: 503,
  backend: null,
  reason: 'No healthy server available',
};

function setUp() {
  const clock = new FakeClock();
  const printed: string[] = [];
  const log = new FailedRequestLog(
    {
      failedRequest: ({ target }) => printed.push(target),
      failedRequestsOmitted: (count) => printed.push(`${count} omitted`),
    },
    clock,
  );
  return { clock, printed, log };
}

it('prints ten failed requests a second, and how many it left out', async () => {
  const { clock, printed, log } = setUp();
  for (let at = 1; at <= 25; at++) log.add({ ...failed, target: `/${at}` });
  expect(printed).toEqual(Array.from({ length: 10 }, (_, at) => `/${at + 1}`));
  await clock.pass(1_000);
  expect(printed.slice(10)).toEqual(['15 omitted']);
  log.add({ ...failed, target: '/later' });
  expect(printed.at(-1)).toBe('/later');
  await clock.pass(1_000);
  expect(printed).toHaveLength(12);
});

it('reports what it left out when it stops, and keeps no timer', async () => {
  const { clock, printed, log } = setUp();
  for (let at = 1; at <= 12; at++) log.add(failed);
  log.stop();
  expect(printed.at(-1)).toBe('2 omitted');
  await clock.pass(5_000);
  expect(printed).toHaveLength(11);
});

it("leaves out Switchyard's own probes that lead back to it", () => {
  const { printed, log } = setUp();
  log.add({ ...failed, code: 'loop' });
  expect(printed).toEqual([]);
});
