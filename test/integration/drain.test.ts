import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A backend that holds every request, and takes WebSockets. */
async function setUp(drain: string) {
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'HEAD') response.end();
    else held.push(response);
  });
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const config = (servers: readonly object[]) => oneConfig([], { servers, timeouts: { drain } });
  const engine = await startEngine(config([{ url, name: 'a' }]));
  await engine.settle();
  stops.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
    () => sockets.close(),
    () => engine.stop(),
  );
  const client = new RawClient(engine.port).send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  const socket = new WebSocket(`ws://127.0.0.1:${engine.port}/`);
  stops.push(
    () => client.close(),
    () => socket.terminate(),
  );
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  await until('it is held', () => held.length === 1);
  const set = (state: 'draining' | 'enabled') => engine.engine.setAdmin({ pool: 'p', backend: 'a', state });
  const inFlight = async () => (await engine.backend('a')).counters.inFlight;
  return { engine, client, socket, closed, held, set, inFlight, config };
}

it('a backend that drains finishes what is in flight, and takes nothing new', async () => {
  const { client, held, set, engine } = await setUp('1m');
  await set('draining');
  expect((await fetch(engine.url)).status).toBe(503);
  held[0]?.end('done');
  expect(await client.receives('done')).toMatch(/^HTTP\/1.1 200 /);
});

it('what is still in flight after the time set is cut, WebSockets too', async () => {
  const { client, closed, set, inFlight } = await setUp('300ms');
  const startedAt = performance.now();
  await set('draining');
  expect(await inFlight()).toBe(2);
  await closed;
  expect(await client.receives('you.')).toMatch(/^HTTP\/1.1 502 .*taken out of rotation by you\.$/s);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295);
  await expect.poll(inFlight).toBe(0);
});

it('nothing is cut when it is switched on again in time', async () => {
  const { client, socket, held, set } = await setUp('300ms');
  await set('draining');
  await set('enabled');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(socket.readyState).toBe(WebSocket.OPEN);
  held[0]?.end('done');
  await client.receives('done');
});

it('a backend that leaves the config is given the same time', async () => {
  const { engine, config, closed, client } = await setUp('300ms');
  const applied = await engine.engine.apply({
    config: config([{ url: 'http://127.0.0.1:1', name: 'b' }]),
    options: { keepGoing: false },
  });
  expect(applied.ok).toBe(true);
  expect(client.text).toBe('');
  await closed;
});
