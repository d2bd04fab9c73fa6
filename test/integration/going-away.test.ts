import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { portOf } from '../support/listening.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** One backend: `/` is a WebSocket or `ok`, `/stream` is chunked without end, `/wait` never responds. */
async function setUp(pool: object = {}) {
  const closes: [number, string][] = [];
  const server = createServer((request, response) => {
    if (request.url === '/stream') response.writeHead(200).write('event');
    else if (request.url !== '/wait') response.end('ok');
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('close', (code, reason) => closes.push([code, String(reason)]));
    socket.on('message', (data) => socket.send(data));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${portOf(server)}`;
  const engine = await startEngine(oneConfig([url], pool));
  await engine.settle();
  stops.push(
    () => {
      server.closeAllConnections();
      server.close();
      sockets.close();
    },
    () => engine.stop(),
  );
  const connect = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${engine.port}/`);
    stops.push(() => socket.terminate());
    const closed = new Promise<[number, string]>((resolve) =>
      socket.on('close', (code, reason) => resolve([code, String(reason)])),
    );
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    return { socket, closed };
  };
  return { engine, closes, connect, name: nameOf(url) };
}

describe('a WebSocket that Switchyard ends gets 1001 on both sides', () => {
  it('when the engine stops', async () => {
    const { engine, closes, connect } = await setUp();
    const { socket, closed } = await connect();
    const echoed = new Promise((resolve) => socket.once('message', resolve));
    socket.send('x'.repeat(70_000));
    await echoed;
    await engine.engine.stop({ graceMs: 0 });
    expect(await closed).toEqual([1_001, 'Switchyard stopped listening']);
    await until('the backend has heard', () => closes.length === 1);
    expect(closes).toEqual([[1_001, 'Switchyard stopped listening']]);
  });

  it('when its backend is switched off', async () => {
    const { engine, closes, connect, name } = await setUp();
    const { closed } = await connect();
    await engine.engine.setAdmin({ pool: 'p', backend: name, state: 'disabled' });
    expect(await closed).toEqual([1_001, 'the backend was taken out']);
    await until('the backend has heard', () => closes.length === 1);
    expect(closes).toEqual([[1_001, 'the backend was taken out']]);
  });

  it('when its backend has drained for as long as it may', async () => {
    const { engine, connect, name } = await setUp({ timeouts: { drain: '200ms' } });
    const { closed } = await connect();
    await engine.engine.setAdmin({ pool: 'p', backend: name, state: 'draining' });
    expect(await closed).toEqual([1_001, 'the backend was taken out']);
  });

  it('when it has been silent for too long', async () => {
    const { connect } = await setUp({ timeouts: { tunnel: '200ms' } });
    expect(await (await connect()).closed).toEqual([1_001, 'nothing was sent for too long']);
  });

  it('when its listener has left the config, and the time for what is in flight is up', async () => {
    const { engine, connect, name } = await setUp();
    const { closed } = await connect();
    const without = oneConfig([`http://${name}`]);
    const applied = await engine.engine.apply({
      config: { ...without, listeners: [] },
      options: { keepGoing: false },
    });
    expect(applied.ok).toBe(true);
    // It waits for it as for a request; stopping cuts what still waits.
    expect(engine.engine.inFlight().webSockets).toBe(1);
    await engine.engine.stop({ graceMs: 0 });
    expect(await closed).toEqual([1_001, 'Switchyard stopped listening']);
  });

  it('but not in the middle of a frame: then it is cut', async () => {
    const { engine, connect } = await setUp();
    const { closed } = await connect();
    const raw = new RawClient(engine.port);
    raw.send(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await raw.receives('101');
    // The beginning of a frame of 100 bytes for the backend.
    raw.socket.write(Buffer.from([0x82, 0x80 | 100, 1, 2, 3, 4, 5]));
    await until('it has passed', async () =>
      (await engine.snapshot()).tunnels.newest.some(({ bytesIn }) => bytesIn === 7),
    );
    await engine.engine.stop({ graceMs: 0 });
    await closed;
    await raw.ends();
    raw.close();
    // The direction to the client is between frames: the close frame is there.
    expect(raw.text).toContain('Switchyard stopped listening');
  });
});

describe('when the engine stops', () => {
  it('a response that has begun ends without its end, and a request without a response gets 503', async () => {
    const { engine } = await setUp();
    const stream = new RawClient(engine.port).send('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
    const wait = new RawClient(engine.port).send('GET /wait HTTP/1.1\r\nHost: x\r\n\r\n');
    await stream.receives('event');
    await until('both are in flight', () => engine.engine.inFlight().responses === 2);
    expect(engine.engine.inFlight()).toEqual({ webSockets: 0, otherTunnels: 0, responses: 2 });
    await engine.engine.stop({ graceMs: 0 });
    expect(await stream.ends()).not.toContain('0\r\n\r\n');
    expect(await wait.ends()).toMatch(
      /^HTTP\/1.1 503 .*Switchyard stopped listening before the response was complete\.$/s,
    );
    stream.close();
    wait.close();
  });

  it('a second call cuts what the first one waits for', async () => {
    const { engine, connect } = await setUp();
    const { closed } = await connect();
    const first = engine.engine.stop({ graceMs: 60_000 });
    await engine.engine.stop({ graceMs: 0 });
    await first;
    expect((await closed)[0]).toBe(1_001);
  });
});
