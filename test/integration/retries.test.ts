import { afterEach, describe, expect, it } from 'vitest';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const GET = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function backend(onData: Parameters<typeof startRawBackend>[0]) {
  const started = await startRawBackend(onData);
  stops.push(() => started.stop());
  return started;
}

async function balance(
  urls: readonly string[],
  pool = {},
): Promise<{ engine: TestEngine; client: RawClient }> {
  const engine = await startEngine(oneConfig(urls, pool));
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(
    () => engine.stop(),
    () => client.close(),
  );
  return { engine, client };
}

/** Answers probes; does the given thing to anything else that is whole. */
const failing =
  (act: (socket: import('node:net').Socket) => void) => (socket: import('node:net').Socket, text: string) => {
    if (text.includes('switchyard-probe')) answering(OK)(socket, text);
    else if (text.endsWith('\r\n\r\n') || text.endsWith('hello')) act(socket);
  };

describe('a refused connection', () => {
  it.each([GET, POST])('is tried on the next backend, whatever the method: %j', async (request) => {
    const gone = await startRawBackend(answering(OK));
    const good = await backend((socket, text) => {
      if (text.endsWith('\r\n\r\n') || text.endsWith('hello')) socket.write(OK);
    });
    const { engine, client } = await balance([gone.url, good.url]);
    await gone.stop();
    client.send(request);
    expect(await client.receives('ok')).toContain(`X-Forwarded-Server: ${good.url}`);
    expect((await engine.backend(nameOf(gone.url))).health).toMatchObject({
      health: 'down',
      reason: 'connection refused',
    });
  });

  it('by every backend is a 503 that says so', async () => {
    const gone = await startRawBackend(answering(OK));
    const { client } = await balance([gone.url]);
    await gone.stop();
    client.send(GET);
    expect(await client.receives(/port\.$/)).toMatch(
      /^HTTP\/1.1 503 [\s\S]*\r\n\r\nNo healthy server available\n.*: connection refused\. Start the service/,
    );
  });
});

describe('a connection reset before any byte of the answer', () => {
  it('is a 502 for GET too when the backend is still there, which stays in rotation', async () => {
    const bad = await backend(failing((socket) => socket.resetAndDestroy()));
    const good = await backend(answering(OK));
    const { engine, client } = await balance([bad.url, good.url]);
    client.send(GET);
    expect(await client.receives(/reset/)).toMatch(/^HTTP\/1.1 502 /);
    expect(good.received.join('')).not.toContain('GET / ');
    const { health, counters } = await engine.backend(nameOf(bad.url));
    expect(health.health).toBe('up');
    expect(counters).toMatchObject({ errors: 1, inFlight: 0 });
  });

  it('is tried on the next backend for GET when the backend is gone, which is taken out', async () => {
    const bad = await backend(
      failing((socket) => {
        socket.resetAndDestroy();
        void bad.stop();
      }),
    );
    const good = await backend(answering(OK));
    const { engine, client } = await balance([bad.url, good.url]);
    client.send(GET);
    expect(await client.receives('ok')).toContain(good.url);
    expect((await engine.backend(nameOf(bad.url))).health).toMatchObject({
      health: 'down',
      reason: 'connection refused',
    });
  });

  it('is a 502 for POST, which may have been processed', async () => {
    const bad = await backend(failing((socket) => socket.resetAndDestroy()));
    const good = await backend(answering(OK));
    const { client } = await balance([bad.url, good.url]);
    client.send(POST);
    expect(await client.receives(/reset/)).toMatch(/^HTTP\/1.1 502 /);
    expect(good.received.join('')).not.toContain('POST');
  });
});

it('a backend that closes without a word is retried elsewhere for GET, and not marked down for it', async () => {
  const bad = await backend(failing((socket) => socket.end()));
  const good = await backend(answering(OK));
  const { engine, client } = await balance([bad.url, good.url]);
  client.send(GET);
  expect(await client.receives('ok')).toContain(good.url);
  expect((await engine.backend(nameOf(bad.url))).health.health).toBe('up');
});

it('an answer that breaks off in its head is never retried', async () => {
  const bad = await backend(failing((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-')));
  const good = await backend(answering(OK));
  const { client } = await balance([bad.url, good.url]);
  client.send(GET);
  expect(await client.receives(/gave no answer/)).toMatch(/^HTTP\/1.1 502 /);
});

it('an answer cut short by the backend is cut short for the client, and never retried', async () => {
  const bad = await backend(
    failing((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')),
  );
  const good = await backend(answering(OK));
  const { engine, client } = await balance([bad.url, good.url]);
  client.send(GET);
  expect(await client.ends()).toMatch(/half$/);
  expect((await engine.backend(nameOf(bad.url))).counters.errors).toBe(1);
});

it('a kept connection the backend has just closed does not show to the client', async () => {
  let answered = 0;
  const flaky = await backend((socket, text) => {
    if (text.includes('switchyard-probe')) answering(OK)(socket, text);
    // The second request on a connection meets a reset, as when it crosses the backend's goodbye.
    else if ((text.match(/GET/g)?.length ?? 0) > 1) socket.resetAndDestroy();
    else if (text.endsWith('\r\n\r\n')) {
      answered++;
      socket.write(OK);
    }
  });
  const { engine, client } = await balance([flaky.url]);
  client.send(GET);
  await client.receives('ok');
  client.send(GET);
  await client.receives(/ok[\s\S]*ok$/);
  expect(answered).toBe(2);
  expect((await engine.backend(nameOf(flaky.url))).health.health).toBe('up');
});

it('a backend that never answers is a 504 within the time set, and is not tried elsewhere', async () => {
  const silent = await backend(failing(() => undefined));
  const good = await backend(answering(OK));
  const { client } = await balance([silent.url, good.url], { timeouts: { firstByte: '200ms' } });
  client.send(GET);
  expect(await client.receives(/within 200ms/)).toMatch(/^HTTP\/1.1 504 /);
});

describe('a client that leaves', () => {
  it('cancels its request, and the backend is not blamed', async () => {
    const silent = await backend(failing(() => undefined));
    const { engine, client } = await balance([silent.url]);
    client.send(GET);
    await expect.poll(() => silent.received.join('')).toContain('GET / ');
    client.close();
    await expect.poll(() => silent.sockets.size, { timeout: 4_000 }).toBe(0);
    expect((await engine.backend(nameOf(silent.url))).counters).toMatchObject({
      inFlight: 0,
      errors: 0,
      requests: 1,
    });
  });

  it('but one that only stops sending still gets its answer', async () => {
    const slow = await backend(failing((socket) => setTimeout(() => socket.write(OK), 200)));
    const { client } = await balance([slow.url]);
    client.socket.end(GET);
    expect(await client.ends()).toMatch(/ok$/);
  });
});
