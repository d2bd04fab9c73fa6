import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { listening } from '../support/listening.ts';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const TLS = join(import.meta.dirname, '../support/tls');
const MB = 1_000_000;
const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

type OnData = Parameters<typeof startRawBackend>[0];

async function setUp(onData: OnData) {
  const backend = await startRawBackend((socket, text, connection) => {
    if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else onData(socket, text, connection);
  });
  stops.push(() => backend.stop());
  const engine = await startEngine(oneConfig([backend.url]));
  stops.push(() => engine.stop());
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(() => client.close());
  return { engine, backend, client, name: nameOf(backend.url) };
}

describe('Expect: 100-continue', () => {
  const EXPECTING = 'POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n';

  it.each(['401 Unauthorized', '413 Content Too Large', '417 Expectation Failed'])(
    'refused with %s: the client gets it, and neither connection goes on',
    async (status) => {
      const { backend, client, engine, name } = await setUp((socket, text) => {
        if (text.endsWith('\r\n\r\n')) socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\nno`);
      });
      client.send(EXPECTING);
      expect(await client.ends()).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n[\\s\\S]*no$`));
      await until('the backend connection is closed', () => backend.sockets.size === 0);
      const { counters, health } = await engine.backend(name);
      expect([counters.errors, counters.inFlight, health.health]).toEqual([0, 0, 'up']);
    },
  );
});

describe('while the backend reads nothing of an upload', () => {
  it('interim and final responses reach the client at once', async () => {
    const { client } = await setUp((socket, text) => {
      if (!text.includes('POST / ')) return;
      socket.pause();
      if (socket.listenerCount('drain') > 0) return;
      socket.on('drain', () => undefined);
      setTimeout(() => {
        socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
        socket.write('HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno');
      }, 300);
    });
    client.send(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${30 * MB}\r\n\r\n`);
    client.socket.write(Buffer.alloc(30 * MB));
    const text = await client.receives(/no$/);
    expect(text).toMatch(/^HTTP\/1.1 103 [\s\S]*HTTP\/1.1 413 /);
  });

  it('a response that keeps the connection is whole at the client, and the upload is cut when time is up', async () => {
    const backend = await startRawBackend((socket, text) => {
      if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else if (text.includes('POST / ') && !socket.isPaused()) {
        socket.pause();
        socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
      }
    });
    stops.push(() => backend.stop());
    const engine = await startEngine(oneConfig([backend.url], { timeouts: { idle: '500ms' } }));
    stops.push(() => engine.stop());
    await engine.settle();
    const client = new RawClient(engine.port);
    stops.push(() => client.close());
    client.send(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${30 * MB}\r\n\r\n`);
    client.socket.write(Buffer.alloc(30 * MB));
    expect(await client.receives(/no$/)).toMatch(/^HTTP\/1.1 403 /);
    const name = nameOf(backend.url);
    await until('nothing is in flight', async () => (await engine.backend(name)).counters.inFlight === 0);
    expect(await engine.engine.exchanges({ limit: 1 })).toMatchObject([{ status: 403 }]);
    expect((await engine.backend(name)).counters.errors).toBe(0);
  });
});

it('a slow upload goes on being read after its refusal, so that the client gets to see it', async () => {
  const { client } = await setUp((socket, text) => {
    if (text.endsWith('\r\n\r\n'))
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno');
  });
  client.send(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ${MB}\r\n\r\n`);
  await client.receives(/no$/);
  for (let turn = 0; turn < 7; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    client.socket.write(Buffer.alloc(1_000));
  }
  expect(client.error).toBeNull();
});

it.each(['http', 'https'] as const)('a refusal by a Node server over %s that closes', async (protocol) => {
  const onRequest: Parameters<typeof createHttpServer>[1] = (request, response) => {
    if (request.method === 'POST') response.writeHead(401, { Connection: 'close' }).end('denied');
    else response.end('ok');
  };
  const tls = { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(join(TLS, 'cert.pem')) };
  const server = protocol === 'https' ? createHttpsServer(tls, onRequest) : createHttpServer(onRequest);
  const url = `${protocol}://localhost:${await listen(server)}`;
  const engine = await startEngine(oneConfig([], { servers: [{ url, insecure: true }] }));
  stops.push(() => engine.stop());
  await engine.settle();
  const ask = (bytes: number) =>
    new Promise<number>((resolve) => {
      const options = { host: '127.0.0.1', port: engine.port, method: 'POST', agent: false };
      const request = httpRequest({ ...options, headers: { 'Content-Length': bytes } }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      request.on('error', () => resolve(0));
      request.end(Buffer.alloc(bytes));
    });
  const statuses: number[] = [];
  for (let turn = 0; turn < 5; turn++)
    for (const bytes of [70_000, MB, 20 * MB]) statuses.push(await ask(bytes));
  expect(statuses).toEqual(statuses.map(() => 401));
});

it('a tunnel whose backend resets ends for the client too, though the client goes on sending', async () => {
  const { client, backend } = await setUp((socket, text) => {
    if (text.includes('Upgrade: websocket') && !text.includes('talk'))
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    else if (text.includes('talk')) socket.resetAndDestroy();
  });
  client.send('GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await client.receives('101');
  const timer = setInterval(() => client.socket.writable && client.send('talk'), 1);
  stops.push(() => clearInterval(timer));
  await client.ends();
  await until('both sides are closed', () => backend.sockets.size === 0);
});
