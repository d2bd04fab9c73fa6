import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/view/snapshot.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('sends the past with the first snapshot, and again only when a reset has changed it', async () => {
  const server = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  stops.push(() => server.closeAllConnections());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const engine = await startEngine(oneConfig([url]));
  stops.push(() => engine.stop());
  await fetch(engine.url);
  await until('a second is over', async () => (await engine.snapshot()).seconds.length > 0);

  const first = await engine.engine.watch(null);
  expect(first.seconds).toHaveLength(1);
  const pushed = () =>
    engine.pushes.flatMap((push): Snapshot[] => (push.push === 'snapshot' ? [push.payload] : []));
  await engine.engine.apply({
    config: oneConfig([url], { policy: 'random' }),
    options: { keepGoing: false },
  });
  expect(pushed().at(-1)?.seconds).toEqual([]);
  expect(pushed().at(-1)?.secondsFrom).toBeGreaterThan(first.seconds[0]?.second ?? 0);
  await engine.engine.resetCounters({ pool: 'p' });
  expect(pushed().at(-1)).toMatchObject({ seconds: [], secondsFrom: 0 });
});
