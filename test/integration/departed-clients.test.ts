import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../support/installed.ts';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { freePort, startServer } from '../support/server-process.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const NGINX = '/usr/sbin/nginx';
const CURL = '/usr/bin/curl';
const CLOSING = 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A backend that says nothing to requests, or what it is told to. */
async function setUp(
  listener: object = {},
  onRequest: (socket: Socket) => void = () => undefined,
  server: object = {},
) {
  const asked: Socket[] = [];
  const backend = await startRawBackend((socket, text) => {
    if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else if (text.endsWith('\r\n\r\n')) {
      asked.push(socket);
      onRequest(socket);
    }
  });
  stops.push(() => backend.stop());
  const engine = await startEngine(oneConfig([], { servers: [{ url: backend.url, ...server }] }, listener));
  stops.push(() => engine.stop());
  await engine.settle();
  return {
    engine,
    backend,
    name: nameOf(backend.url),
    asked: () => until('the request has come', () => asked[0]),
  };
}

const hasEnded = (socket: Socket) => socket.destroyed || socket.readableEnded;

/** @returns milliseconds until the backend hears that nobody waits */
async function heardAfter(socket: Socket): Promise<number> {
  const start = performance.now();
  await until('the backend hears of it', () => hasEnded(socket), 4_000);
  return performance.now() - start;
}

/** nginx as it is without settings for its upstream: HTTP/1.0 and `Connection: close`. */
async function startNginx(upstream: number) {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-nginx-'));
  stops.push(() => rm(folder, { recursive: true }));
  const port = await freePort();
  await writeFile(join(folder, 'nginx.conf'), nginxConfig(folder, port, upstream));
  const server = await startServer(() => [NGINX, '-p', folder, '-c', join(folder, 'nginx.conf')], { port });
  stops.push(() => server.stop());
  return server;
}

const nginxConfig = (folder: string, port: number, upstream: number) => `
daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${upstream}; } }
}
`;

describe('a client that leaves before its response is noticed within 1.5 s', () => {
  it.each([
    ['keep-alive', 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['Connection: close', CLOSING],
    ['HTTP/1.0', 'GET / HTTP/1.0\r\nHost: h\r\n\r\n'],
  ])('with %s', async (_name, head) => {
    const { engine, name, asked } = await setUp();
    const client = new RawClient(engine.port).send(head);
    const socket = await asked();
    client.socket.end();
    client.socket.destroy();
    expect(await heardAfter(socket)).toBeLessThan(1_500);
    const { counters, health } = await engine.backend(name);
    expect(counters).toMatchObject({ inFlight: 0, errors: 0 });
    expect(health.health).toBe('up');
    expect(await engine.engine.exchanges({ limit: 1 })).toMatchObject([{ status: 499 }]);
  });

  it('by Node without an agent', async () => {
    const { engine, asked } = await setUp();
    const request = httpRequest({ host: '127.0.0.1', port: engine.port, agent: false });
    request.on('error', () => undefined).end();
    const socket = await asked();
    request.destroy();
    expect(await heardAfter(socket)).toBeLessThan(1_500);
  });

  it('by curl with HTTP/1.0', async () => {
    if (!isInstalled(CURL)) return;
    const { engine, asked } = await setUp();
    const curl = spawn(CURL, ['-0', '-s', engine.url]);
    const socket = await asked();
    curl.kill('SIGTERM');
    expect(await heardAfter(socket)).toBeLessThan(1_500);
  });

  it('by nginx in front, whose client has left', async () => {
    if (!isInstalled(NGINX) || !isInstalled(CURL)) return;
    const { engine, asked } = await setUp();
    const nginx = await startNginx(engine.port);
    const curl = execFile(CURL, ['-s', nginx.url], () => undefined);
    const socket = await asked();
    curl.kill('SIGTERM');
    expect(await heardAfter(socket)).toBeLessThan(1_500);
  });

  it('while it waits for a backend to be free', async () => {
    const { engine, asked } = await setUp({}, undefined, { maxConnections: 1 });
    const first = new RawClient(engine.port).send(CLOSING);
    stops.push(() => first.close());
    await asked();
    const second = new RawClient(engine.port).send(CLOSING);
    const waiting = async () => (await engine.snapshot()).pools[0]?.waiting;
    await until('it waits', async () => (await waiting()) === 1);
    const start = performance.now();
    second.close();
    await until('it waits no more', async () => (await waiting()) === 0);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

describe('a client that only stops sending', () => {
  it('gets the response that comes within a second', async () => {
    const { engine } = await setUp({}, (socket) => {
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), 200);
    });
    const client = new RawClient(engine.port);
    client.socket.end(CLOSING);
    expect(await client.ends()).toMatch(/ok$/);
  });

  it('gets a response that goes on for longer', async () => {
    const { engine } = await setUp({}, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n');
      let sent = 0;
      const timer = setInterval(() => {
        socket.write('x');
        if (++sent === 8) clearInterval(timer);
      }, 250);
    });
    const client = new RawClient(engine.port);
    client.socket.end(CLOSING);
    expect(await client.ends()).toMatch(/x{8}$/);
  });

  it('is waited for where it reads slowly', async () => {
    const { engine } = await setUp({}, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\n');
      socket.write('y'.repeat(30_000_000));
    });
    const client = new RawClient(engine.port);
    client.socket.end(CLOSING);
    await client.receives('y');
    client.socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    client.socket.resume();
    expect((await client.ends(20_000)).length).toBeGreaterThan(30_000_000);
  });

  it('is served to the end with halfClose: "allow"', async () => {
    const { engine } = await setUp({ halfClose: 'allow' }, (socket) => {
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), 1_800);
    });
    const clients = [CLOSING, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n'].map((head) => {
      const client = new RawClient(engine.port);
      client.socket.end(head);
      return client;
    });
    for (const client of clients) expect(await client.ends()).toMatch(/ok$/);
  });
});
