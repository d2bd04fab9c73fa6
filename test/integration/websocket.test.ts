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

it('is listed while it is open: who, where to, since when, and the bytes each way', async () => {
  const { client, engine, name } = await setUp();
  const echoed = new Promise((resolve) => client.once('message', resolve));
  client.send('x'.repeat(100));
  await echoed;
  const { tunnels, at } = await engine.snapshot();
  // Two bytes of frame each way, and four of mask from the client (RFC 6455 section 5.2).
  expect(tunnels).toEqual({
    count: 1,
    newest: [
      {
        id: 1,
        at: expect.any(Number),
        pool: 'p',
        backend: name,
        client: '127.0.0.1',
        target: '/chat',
        protocol: 'websocket',
        bytesIn: 106,
        bytesOut: 102,
      },
    ],
  });
  expect(at - (tunnels.newest[0]?.at ?? 0)).toBeGreaterThanOrEqual(0);
  client.close();
  await expect.poll(async () => (await engine.snapshot()).tunnels).toEqual({ count: 0, newest: [] });
});
