import { afterEach, describe, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const GET = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp(timeouts: object, act: Parameters<typeof startRawBackend>[0]) {
  const backend = await startRawBackend((socket, text, connection) => {
    if (text.includes('switchyard-probe')) socket.write(OK);
    else act(socket, text, connection);
  });
  const engine = await startEngine(oneConfig([backend.url], { timeouts, retries: { attempts: 1 } }));
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
    () => client.close(),
  );
  const errors = async () => (await engine.backend(nameOf(backend.url))).counters.errors;
  const inFlight = async () => (await engine.backend(nameOf(backend.url))).counters.inFlight;
  const status = async () => (await engine.engine.exchanges({ limit: 1 }))[0]?.status;
  return { backend, client, errors, inFlight, status };
}

describe('a 504 says what did not come, and how long it was waited for', () => {
  it('firstByte', async () => {
    const { client, errors } = await setUp({ firstByte: '200ms' }, () => undefined);
    client.send(GET);
    expect(await client.receives(/within 200ms \(timeouts\.firstByte\)\.$/)).toMatch(
      /^HTTP\/1.1 504 .*gave no response within 200ms \(timeouts\.firstByte\)\.$/s,
    );
    expect(await errors()).toBe(1);
  });

  it('firstByte, however many interim responses come before', async () => {
    const { client } = await setUp({ firstByte: '300ms' }, (socket) => {
      const hints = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
      socket.on('close', () => clearInterval(hints));
    });
    client.send(GET);
    expect(await client.receives(/timeouts\.firstByte\)\.$/)).toMatch(
      /HTTP\/1.1 504 .*gave no response within 300ms \(timeouts\.firstByte\)\.$/s,
    );
  });

  it('total', async () => {
    const { client } = await setUp({ total: '200ms' }, () => undefined);
    client.send(GET);
    expect(await client.receives(/timeouts\.total\)\.$/)).toMatch(
      /^HTTP\/1.1 504 .*gave no complete response within 200ms \(timeouts\.total\)\.$/s,
    );
  });

  it('idle, when it is the backend that does not read the request', async () => {
    const { client, backend, errors } = await setUp({ idle: '300ms' }, (socket) => socket.pause());
    client.send(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${64 * 1024 * 1024}\r\n\r\n`);
    // More than every buffer on the way takes, so that somebody has to wait.
    client.send('x'.repeat(32 * 1024 * 1024));
    expect(await client.receives(/timeouts\.idle\)\.$/)).toMatch(
      /^HTTP\/1.1 504 .*gave nothing for 300ms \(timeouts\.idle\)\.$/s,
    );
    expect(await errors()).toBe(1);
    expect(backend.received.some((text) => text.startsWith('POST'))).toBe(true);
  });
});

it('an answer that drips on is cut at the total, and is not passed off as whole', async () => {
  const { client, errors, inFlight } = await setUp({ total: '500ms', idle: '400ms' }, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 50);
    socket.on('close', () => clearInterval(drip));
  });
  const sentAt = performance.now();
  client.send(GET);
  const text = await client.ends();
  expect(performance.now() - sentAt).toBeGreaterThanOrEqual(500);
  expect(text).toMatch(/^HTTP\/1.1 200 OK\r\nContent-Length: 1000000\r\n.*\r\n\r\nx{3,}$/s);
  expect(await errors()).toBe(1);
  expect(await inFlight()).toBe(0);
});

it('a client that stops sending its body gets a 408, and the backend is not blamed', async () => {
  const { client, errors, status } = await setUp({ idle: '200ms' }, () => undefined);
  client.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf');
  expect(await client.receives('timeouts.idle')).toMatch(/^HTTP\/1.1 408 /);
  expect(await errors()).toBe(0);
  expect(await status()).toBe(408);
});

it('a tunnel that is silent for its own timeout is closed, whatever the idle one says', async () => {
  const { client, inFlight, status } = await setUp({ idle: '100ms', tunnel: '600ms' }, (socket, text) => {
    if (text.endsWith('\r\n\r\n'))
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    else socket.write('pong');
  });
  const openedAt = performance.now();
  client.send('GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await client.receives('101');
  client.send('ping');
  await client.receives('pong');
  await client.ends();
  expect(performance.now() - openedAt).toBeGreaterThanOrEqual(600);
  await expect.poll(inFlight).toBe(0);
  expect(await status()).toBe(101);
});

it('a client that sends two requests and half-closes has a second for each answer, not for the first alone', async () => {
  const { client, status } = await setUp({}, (socket, text) => {
    if (text.endsWith('\r\n\r\n') && !text.includes('/silent')) socket.write(OK);
  });
  client.send(GET + GET.replace('/', '/silent'));
  client.socket.end();
  const text = await client.ends(3_000);
  expect(text.match(/HTTP\/1.1 200/g)).toHaveLength(1);
  await expect.poll(status).toBe(499);
});

it('a second request that is cut short by the client ends the connection at once, and is not waited for', async () => {
  const { client, status, errors } = await setUp({}, (socket, text) => {
    if (text.includes('GET /') && !text.includes('POST')) setTimeout(() => socket.write(OK), 50);
  });
  client.send(`${GET}POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf`);
  client.socket.end();
  expect(await client.ends(2_000)).toMatch(/^HTTP\/1.1 200 /);
  await expect.poll(status).toBe(499);
  expect(await errors()).toBe(0);
});
