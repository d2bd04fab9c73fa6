import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const POISON = 'GET /poison HTTP/1.1\r\nHost: h\r\n\r\n';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Responds to all requests but those for `/poison`. */
const poisonedBy =
  (act: (socket: Socket, text: string) => void) =>
  (socket: Socket, text: string): void => {
    if (text.includes('/poison')) act(socket, text);
    else answering(OK)(socket, text);
  };

async function setUp(count: number, act: (socket: Socket, text: string) => void, pool: object = {}) {
  const backends = [];
  for (let at = 0; at < count; at++) {
    const backend = await startRawBackend(poisonedBy(act));
    stops.push(() => backend.stop());
    backends.push(backend);
  }
  const engine = await startEngine(
    oneConfig(
      backends.map(({ url }) => url),
      pool,
    ),
  );
  stops.push(() => engine.stop());
  await engine.settle();
  return { engine, backends };
}

async function send(engine: TestEngine, text: string): Promise<string> {
  const client = new RawClient(engine.port).send(text);
  const got = await client.receives(/\r\n\r\n[^\r]+$/);
  client.close();
  return got;
}

const healthOf = async (engine: TestEngine, urls: readonly { readonly url: string }[]) =>
  Promise.all(urls.map(async ({ url }) => (await engine.backend(nameOf(url))).health.health));

describe('a request that makes a server reset its connection', () => {
  it('costs one connection of one backend, and takes nobody out', async () => {
    const { engine, backends } = await setUp(3, (socket) => socket.resetAndDestroy());
    expect(await send(engine, POISON)).toMatch(/^HTTP\/1.1 502 [\s\S]*connection reset/);
    expect(backends.filter(({ received }) => received.join('').includes('/poison'))).toHaveLength(1);
    expect(await healthOf(engine, backends)).toEqual(['up', 'up', 'up']);
    for (let turn = 0; turn < 3; turn++)
      expect(await send(engine, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  });

  it('has the backend probed soon when it responds to nobody else', async () => {
    const { engine, backends } = await setUp(1, (socket) => socket.resetAndDestroy());
    const count = async () => (await engine.backend(nameOf(backends[0]?.url ?? ''))).probes.length;
    const before = await count();
    // A suspicion within 0.25 s of a probe causes none; the interval is ten minutes.
    await until('it is probed again', async () => {
      await send(engine, POISON);
      return (await count()) > before;
    });
    expect(await healthOf(engine, backends)).toEqual(['up']);
  });
});

it('a request that ends two servers is not sent to a third', async () => {
  const ended: (() => unknown)[] = [];
  const { engine, backends } = await setUp(3, (socket) => {
    socket.end();
    for (const backend of backends) if (backend.sockets.has(socket)) ended.push(() => backend.stop());
  });
  expect(await send(engine, POISON)).toMatch(/^HTTP\/1.1 502 /);
  expect(ended).toHaveLength(2);
});

describe('an upload that the backend stops reading', () => {
  const upload = (bytes: number) =>
    `POST /poison HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(bytes)}`;

  it.each([
    ['reset', (socket: Socket) => socket.resetAndDestroy()],
    ['closed', (socket: Socket) => socket.end()],
  ])('and is %s: the client is told that it may have been refused', async (_how, act) => {
    const { engine, backends } = await setUp(2, act, {
      outliers: { consecutive: 1, maxEjected: 100 },
    });
    expect(await send(engine, upload(100_000))).toMatch(
      /^HTTP\/1.1 502 [\s\S]*it stopped reading the request and closed the connection; it may have refused it/,
    );
    expect(await healthOf(engine, backends)).toEqual(['up', 'up']);
    const snapshot = await engine.snapshot();
    for (const backend of snapshot.pools[0]?.backends ?? []) expect(backend.ejection).toBeNull();
  });

  it('after its response has begun: the response reaches the client, and is cut where the backend cut it', async () => {
    const { engine, backends } = await setUp(1, (socket) => {
      socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 100\r\n\r\nhalf', () =>
        socket.resetAndDestroy(),
      );
    });
    const client = new RawClient(engine.port).send(upload(100_000));
    expect(await client.ends()).toMatch(/^HTTP\/1.1 413 Too Large[\s\S]*half$/);
    expect(await healthOf(engine, backends)).toEqual(['up']);
  });
});
