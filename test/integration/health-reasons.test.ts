import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { describeEvent } from '../../electron/cli/output.ts';
import { freePort } from '../support/server-process.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function listen(port: number, status: () => number): Promise<void> {
  const server = createServer((_request, response) => response.writeHead(status()).end());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  stops.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
}

async function balance(url: string, pool: object): Promise<TestEngine> {
  const engine = await startEngine(oneConfig([url], { whenAllDown: 'refuse', ...pool }));
  stops.push(() => engine.stop());
  return engine;
}

const linesOf = async (engine: TestEngine) => (await engine.snapshot()).events.map(describeEvent);

it('a new reason is said while a backend is down, with what to do, and each of them once', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const name = `p/${nameOf(url)}`;
  const engine = await balance(url, { healthCheck: { interval: '100ms' } });
  await engine.settle();
  let status = 404;
  await listen(port, () => status);
  const has = (words: string) => async () => (await linesOf(engine)).some((line) => line?.includes(words));
  await until('404 is said', has('404'));
  status = 401;
  await until('401 is said', has('401'));
  status = 404;
  await until('it was probed', async () =>
    (await engine.backend(nameOf(url))).probes.slice(-3).every(({ words }) => words.includes('404')),
  );
  expect(await linesOf(engine)).toEqual([
    `${name} is down: connection refused. Start the service, or correct its port.`,
    `${name} is still down, now because: HEAD / answered 404. Set a health check "path", or "type": "tcp".`,
    `${name} is still down, now because: HEAD / answered 401. Set credentials in the health check's "headers", or add 401 to "expectedStatus".`,
  ]);
});

it('without checks, why a backend cannot be reached is said to the log and to the client', async () => {
  const port = await freePort();
  await listen(port, () => 200);
  const url = `https://127.0.0.1:${port}`;
  const engine = await balance(url, { healthCheck: { type: 'off' } });
  for (let turn = 0; turn < 3; turn++) {
    const response = await fetch(engine.url);
    expect(response.status).toBe(503);
    expect((await response.text()).split('\n')).toEqual([
      'No healthy server available',
      `${nameOf(url)}: it does not speak TLS; write http:// in its URL.`,
    ]);
  }
  expect(await linesOf(engine)).toEqual([
    `p/${nameOf(url)} cannot be reached: it does not speak TLS; write http:// in its URL`,
  ]);
});

it('an outage in which every client got 503 counts their requests', async () => {
  let status = 200;
  const port = await freePort();
  await listen(port, () => status);
  const url = `http://127.0.0.1:${port}`;
  const engine = await balance(url, { healthCheck: { interval: '100ms' } });
  await engine.settle();
  status = 500;
  await until('it is down', async () => (await engine.backend(nameOf(url))).health.health === 'down');
  for (let turn = 0; turn < 5; turn++) expect((await fetch(engine.url)).status).toBe(503);
  expect((await engine.backend(nameOf(url))).incident).toMatchObject({
    failed: 5,
    rescued: 0,
    firstErrorAt: expect.any(Number),
  });
  status = 200;
  await until('it is back', async () => (await engine.backend(nameOf(url))).incident === null);
  expect((await linesOf(engine)).at(-1)).toContain('5 requests failed, 0 rescued');
});

it('a request that failed at a backend and found no other counts once', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const engine = await balance(url, { healthCheck: { interval: '10m', startDelay: '10m' } });
  expect((await fetch(engine.url)).status).toBe(503);
  expect((await engine.backend(nameOf(url))).incident).toMatchObject({ failed: 1 });
});
