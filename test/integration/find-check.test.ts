import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createNetServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import { describe, expect, it } from 'vitest';
import { findCheck } from '../../electron/engine/health/find-check.ts';
import { createProbe } from '../../electron/engine/health/probe.ts';
import { healthCheckSchema } from '../../shared/config/health-check-schema.ts';
import { listening } from '../support/listening.ts';
import { oneConfig } from '../support/test-engine.ts';

const listen = listening();
const TLS = join(import.meta.dirname, '../support/tls');

/** Responds by `METHOD /path`, else by `METHOD`, else with `otherwise`. */
function byRequest(statuses: Readonly<Record<string, number>>, otherwise: number, seen: string[] = []) {
  const handler: RequestListener = (request, response) => {
    const what = `${request.method} ${request.url}`;
    seen.push(what);
    response.writeHead(statuses[what] ?? statuses[request.method ?? ''] ?? otherwise).end();
  };
  return listen(createServer(handler));
}

/** A server that reads a request and does this. */
const byFirstLine = (treat: (socket: Socket, line: string) => void) =>
  listen(
    createNetServer((socket) => {
      socket.once('data', (bytes) => treat(socket, bytes.toString('latin1').split('\r\n')[0] ?? ''));
    }),
  );

async function find(port: number, base: object = {}) {
  const url = `http://127.0.0.1:${port}`;
  const found = await findCheck(url, { base: healthCheckSchema.parse(base) });
  return { ...found, words: found.words.replaceAll(`127.0.0.1:${port}`, 'HERE') };
}

/** Whether a backend with the check that was found passes it, which is what it is found for. */
async function passes(port: number, healthCheck: object, base: object = {}) {
  const servers = [{ url: `http://127.0.0.1:${port}`, healthCheck }];
  const backend = oneConfig([], { servers, healthCheck: base }).pools[0]?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  return (await createProbe()(backend).result).hasPassed;
}

describe('a server that responds to HEAD /', () => {
  it.each([200, 204, 301, 302])('with %i keeps the default check', async (status) => {
    const seen: string[] = [];
    const port = await byRequest({}, status, seen);
    const found = await find(port);
    expect(found).toMatchObject({ healthCheck: {}, words: `HEAD / returned ${status}.` });
    expect(seen).toEqual(['HEAD /']);
  });

  it.each([401, 400, 403, 404, 426, 429])('with %i to everything is up while it responds', async (status) => {
    const port = await byRequest({}, status);
    const found = await find(port);
    expect(found).toMatchObject({
      healthCheck: { expectedStatus: '200-499' },
      words: `HEAD / returned ${status}, so any status from 200 to 499 counts as up.`,
    });
    expect(await passes(port, found.healthCheck)).toBe(true);
  });

  it('with 405 is asked with GET', async () => {
    const port = await byRequest({ HEAD: 405, GET: 200 }, 500);
    const found = await find(port);
    expect(found).toMatchObject({
      healthCheck: { method: 'GET' },
      words: 'GET / returned 200; HEAD / returned 405.',
    });
    expect(await passes(port, found.healthCheck)).toBe(true);
  });

  it('with 404 and has a health path is asked there', async () => {
    const port = await byRequest({ 'GET /healthz': 200 }, 404);
    const found = await find(port);
    expect(found).toMatchObject({
      healthCheck: { method: 'GET', path: '/healthz' },
      finding: { kind: 'other-request' },
      words: 'GET /healthz returned 200; HEAD / returned 404.',
    });
    expect(await passes(port, found.healthCheck)).toBe(true);
  });

  it('with 500 and has a health path is asked there', async () => {
    const port = await byRequest({ 'GET /actuator/health': 200 }, 500);
    expect(await find(port)).toMatchObject({
      healthCheck: { method: 'GET', path: '/actuator/health' },
      words: 'GET /actuator/health returned 200; HEAD / returned 500.',
    });
  });

  it('with 500 to everything is checked by a connection', async () => {
    const port = await byRequest({}, 500);
    const found = await find(port);
    expect(found).toMatchObject({
      healthCheck: { type: 'tcp' },
      finding: { kind: 'tcp', cause: 'server-error' },
      words: 'GET / returned 500, so the check only opens a TCP connection.',
    });
    expect(await passes(port, found.healthCheck)).toBe(true);
  });

  it('below the base path of its URL', async () => {
    const port = await byRequest({ 'GET /api/health': 200 }, 404);
    const found = await findCheck(`http://127.0.0.1:${port}/api`);
    expect(found.healthCheck).toEqual({ method: 'GET', path: '/health' });
  });
});

describe('a server that does not respond to HEAD', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['closes', (socket) => void socket.end()],
    ['is silent', () => undefined],
  ])('but %s is asked with GET', async (_, onHead) => {
    const port = await byFirstLine((socket, line) => {
      if (line.startsWith('HEAD')) onHead(socket);
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    const found = await find(port);
    expect(found.healthCheck).toEqual({ method: 'GET' });
    expect(found.words).toMatch(/^GET \/ returned 200; HEAD \/ got no response/);
    expect(await passes(port, found.healthCheck)).toBe(true);
  });

  it('and has no page at / is asked with GET and any status', async () => {
    const port = await byFirstLine((socket, line) => {
      if (line.startsWith('HEAD')) socket.end();
      else socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    });
    const found = await find(port);
    expect(found.healthCheck).toEqual({ method: 'GET', expectedStatus: '200-499' });
    expect(await passes(port, found.healthCheck)).toBe(true);
  });
});

it('a server that takes one connection at a time is asked over one after the other', async () => {
  let open = 0;
  let most = 0;
  const port = await listen(
    createServer((_, response) => response.writeHead(404).end()).on('connection', (socket) => {
      most = Math.max(most, ++open);
      socket.on('close', () => open--);
    }),
  );
  expect((await find(port)).healthCheck).toEqual({ expectedStatus: '200-499' });
  expect(most).toBe(1);
});

it('a server that takes long to respond is checked by a connection', async () => {
  const port = await listen(createServer((_, response) => setTimeout(() => response.end(), 700)));
  const found = await find(port);
  expect(found).toMatchObject({ healthCheck: { type: 'tcp' }, finding: { kind: 'tcp', cause: 'slow' } });
  expect(found.words).toMatch(
    /^HEAD \/ took \d(\.\d)? s to respond, so the check only opens a TCP connection\.$/,
  );
});

it('a server that takes long for its pages is asked at a health path that is quick', async () => {
  const port = await listen(
    createServer((request, response) => {
      if (request.url === '/health') response.end();
      else setTimeout(() => response.end(), 700);
    }),
  );
  expect((await find(port)).healthCheck).toEqual({ method: 'GET', path: '/health' });
});

describe('what does not speak HTTP', () => {
  it.each([
    ['ssh', (socket: Socket) => void socket.write('SSH-2.0-OpenSSH_9.2p1\r\n')],
    ['redis', (socket: Socket) => void socket.write("-ERR unknown command 'HEAD'\r\n")],
  ])('%s is checked by a connection', async (_, treat) => {
    const port = await byFirstLine(treat);
    const found = await find(port);
    expect(found).toMatchObject({
      healthCheck: { type: 'tcp' },
      finding: { kind: 'tcp', cause: 'not-http' },
      words: 'HERE does not speak HTTP, so the check only opens a TCP connection. HTTP requests to it fail.',
    });
    expect(await passes(port, found.healthCheck)).toBe(true);
  });

  it('a server that closes every connection is checked by a connection', async () => {
    const port = await byFirstLine((socket) => void socket.end());
    expect(await find(port)).toMatchObject({
      healthCheck: { type: 'tcp' },
      finding: { kind: 'tcp', cause: 'closed' },
    });
  });

  it('a gRPC server is asked by its health service', async () => {
    const server = new Server();
    new HealthImplementation({ '': 'SERVING' }).addToServer(server);
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    try {
      const found = await find(port);
      expect(found).toMatchObject({ healthCheck: { type: 'grpc' }, finding: { kind: 'grpc' } });
      expect(await passes(port, found.healthCheck)).toBe(true);
    } finally {
      server.forceShutdown();
    }
  });

  it('a port where nothing listens keeps the default check', async () => {
    const server = createNetServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await find(port)).toMatchObject({
      healthCheck: {},
      finding: { kind: 'unreachable' },
      words: 'HERE could not be reached now: connection refused. Its check was left as it is.',
    });
  });
});

describe('TLS', () => {
  const files = { cert: readFileSync(join(TLS, 'cert.pem')), key: readFileSync(join(TLS, 'key.pem')) };

  it('on an http URL makes it an https URL', async () => {
    const port = await listen(createHttpsServer(files, (_, response) => response.end()));
    expect(await find(port)).toMatchObject({
      url: `https://127.0.0.1:${port}`,
      healthCheck: {},
      insecure: true,
      finding: { kind: 'fits' },
      words:
        'HERE expects TLS, so its URL is https://HERE. HEAD / returned 200. Its certificate is not trusted, so it is not verified.',
    });
  });

  it('that is missing on an https URL makes it an http URL', async () => {
    const port = await byRequest({}, 404);
    expect(await findCheck(`https://127.0.0.1:${port}`)).toMatchObject({
      url: `http://127.0.0.1:${port}`,
      healthCheck: { expectedStatus: '200-499' },
      finding: { kind: 'any-status' },
    });
  });

  it('with a certificate that is not trusted is not verified on this machine', async () => {
    const port = await listen(createHttpsServer(files, (_, response) => response.writeHead(404).end()));
    expect(await findCheck(`https://127.0.0.1:${port}`)).toMatchObject({
      healthCheck: { expectedStatus: '200-499' },
      insecure: true,
      words:
        'HEAD / returned 404, so any status from 200 to 499 counts as up. Its certificate is not trusted, so it is not verified.',
    });
  });
});

describe('over the check of a pool', () => {
  it('nothing is written where that passes', async () => {
    const port = await byRequest({ 'GET /ok': 204 }, 404);
    const base = { method: 'GET', path: '/ok', expectedStatus: '204' };
    expect(await find(port, base)).toMatchObject({ healthCheck: {}, words: 'GET /ok returned 204.' });
  });

  it('only what differs is written', async () => {
    const port = await byRequest({ 'GET /healthz': 200 }, 404);
    const base = { method: 'GET', path: '/ok', expectedStatus: '204' };
    const { healthCheck } = await find(port, base);
    expect(healthCheck).toEqual({ path: '/healthz', expectedStatus: '200-399' });
    expect(await passes(port, healthCheck, base)).toBe(true);
  });

  it('a connection is enough where the pool asks for no more', async () => {
    const seen: string[] = [];
    const port = await byRequest({}, 404, seen);
    expect(await find(port, { type: 'tcp' })).toMatchObject({
      healthCheck: {},
      finding: { kind: 'connects' },
    });
    expect(seen).toEqual([]);
  });

  it('nothing is asked where checks are off', async () => {
    const seen: string[] = [];
    const port = await byRequest({}, 404, seen);
    expect(await find(port, { type: 'off' })).toMatchObject({ healthCheck: {}, finding: { kind: 'off' } });
    expect(seen).toEqual([]);
  });
});

it('a search that is stopped says so and changes nothing', async () => {
  const stop = new AbortController();
  const port = await byFirstLine(() => stop.abort());
  expect(await findCheck(`http://127.0.0.1:${port}`, { signal: stop.signal })).toMatchObject({
    healthCheck: {},
    finding: { kind: 'stopped' },
  });
});

it('tells what it asks', async () => {
  const port = await byRequest({ 'GET /health': 200 }, 404);
  const asked: string[] = [];
  await findCheck(`http://127.0.0.1:${port}`, { onProgress: ({ asking }) => asked.push(asking) });
  expect(asked).toEqual(['HEAD /', 'GET /', 'GET /health']);
});
