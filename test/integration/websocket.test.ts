import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp() {
  const server = createServer((_request, response) => response.end());
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) =>
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const engine = await startEngine(oneConfig([url]));
  await engine.settle();
  const client = new WebSocket(`ws://127.0.0.1:${engine.port}/chat`);
  stops.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => sockets.close(),
    () => engine.stop(),
    () => client.terminate(),
  );
  await new Promise((resolve, reject) => client.on('open', resolve).on('error', reject));
  return { engine, client, name: nameOf(url) };
}

it('a WebSocket echoes small and large messages whole', async () => {
  const { client } = await setUp();
  for (const size of [1, 1_000, 5_000_000]) {
    const message = Buffer.alloc(size, 'x');
    const echoed = new Promise<Buffer>((resolve) =>
      client.once('message', (data) => resolve(Buffer.from(data as Buffer))),
    );
    client.send(message);
    expect((await echoed).equals(message)).toBe(true);
  }
});

it('counts as in flight while it is open, and is cut when its backend is switched off', async () => {
  const { engine, client, name } = await setUp();
  expect((await engine.backend(name)).counters.inFlight).toBe(1);
  const closed = new Promise((resolve) => client.on('close', resolve));
  await engine.engine.setAdmin({ pool: 'p', backend: name, state: 'disabled' });
  await closed;
  await expect.poll(async () => (await engine.backend(name)).counters.inFlight).toBe(0);
});
