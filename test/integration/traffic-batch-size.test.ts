import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { TrafficRun } from '../../electron/services/traffic/traffic-run.ts';
import type { Batch } from '../../shared/view/snapshot.ts';
import { configOf, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const sizeOf = (value: unknown) => JSON.stringify(value).length;

it('a batch of forty busy backends stays below 12 kB, and below 16 kB with a round of probes', async () => {
  const server = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  stops.push(() => server.closeAllConnections());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const servers = Array.from({ length: 40 }, (_, index) => ({
    url: `http://127.0.0.1:${port}/${index}`,
    name: `127.0.0.1:${10_000 + index}`,
  }));
  const engine = await startEngine(
    configOf({
      listeners: [{ address: '127.0.0.1:0', name: 'l', defaultPool: 'users' }],
      pools: { users: { servers, healthCheck: { interval: '2s' } } },
    }),
  );
  stops.push(() => engine.stop());
  await engine.settle();
  await engine.engine.watch(null);
  const load = { kind: 'rate', perSecond: 400, durationMs: 8_000 } as const;
  const plan = {
    listener: 'l',
    pool: 'users',
    method: 'GET',
    headers: [],
    body: '',
    paths: [{ path: '/', weight: 1 }],
    load,
  } as const;
  const run = new TrafficRun({ plan, url: engine.url, tls: null }, () => undefined);
  stops.push(() => run.stop());
  run.start();
  const batches = () =>
    engine.pushes.flatMap((push): Batch[] => (push.push === 'batch' ? [push.payload] : []));
  const busy = () => batches().filter((batch) => batch.counters.length === 40);
  await until(
    'a busy batch with a round of probes in it, and one with a second',
    () => busy().some((one) => one.standings.length > 0) && busy().some((one) => one.seconds.length > 0),
    8_000,
  );
  const largest = (some: readonly Batch[]) => Math.max(...some.map(sizeOf));
  expect(largest(busy().filter((one) => one.standings.length === 0))).toBeLessThan(12_000);
  // Backends that started together are probed together: their results all land in one batch, every interval.
  // This pins how large that one is (14.8 kB when written), it is not what a batch should be.
  expect(largest(busy().filter((one) => one.standings.length > 0))).toBeLessThan(16_000);
});
