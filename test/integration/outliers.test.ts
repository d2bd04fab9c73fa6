import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Looks healthy; what traffic gets is up to `status`. */
async function service() {
  const state = { status: 200, requests: 0 };
  const server = createServer((request, response) => {
    if (request.method !== 'HEAD') state.requests++;
    response.writeHead(request.method === 'HEAD' ? 200 : state.status).end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return Object.assign(state, { url });
}

it('a backend that passes its checks and fails its traffic is left out for a time, and comes back by itself', async () => {
  const [bad, good] = [await service(), await service()];
  const outliers = { consecutive: 3, ejection: '300ms' };
  const engine = await startEngine(oneConfig([bad.url, good.url], { outliers }));
  stops.push(() => engine.stop());
  await engine.settle();
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let at = 0; at < count; at++) seen.push((await fetch(engine.url)).status);
    return seen;
  };
  bad.status = 500;
  expect(await statuses(6)).toEqual([500, 200, 500, 200, 500, 200]);
  const { ejection, health } = await engine.backend(nameOf(bad.url));
  expect(ejection).toEqual({ reason: '3 failures in a row', until: expect.any(Number) });
  expect(health.health).toBe('up');
  expect(await statuses(10)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(bad.requests).toBe(3);
  bad.status = 200;
  await until('it is back', async () => (await engine.backend(nameOf(bad.url))).ejection === null);
  await statuses(4);
  expect(bad.requests).toBe(5);
  const kinds = (await engine.snapshot()).events.map((event) => event.kind);
  expect(kinds).toEqual(['backend-ejected', 'backend-returned', 'incident']);
});
