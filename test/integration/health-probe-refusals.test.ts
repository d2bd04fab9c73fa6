import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createProbe } from '../../electron/engine/health/probe.ts';
import type { HealthCause } from '../../shared/view/health-cause.ts';
import { oneConfig } from '../support/test-engine.ts';

const TLS = join(import.meta.dirname, '../support/tls');
const sockets = new Set<Socket>();
const servers: Server[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((one) => new Promise((resolve) => one.close(resolve))));
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function start(server: string | object, healthCheck: object = {}) {
  const check = { timeout: '10s', ...healthCheck };
  const backend = oneConfig([], { servers: [server], healthCheck: check }).pools[0]?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  return createProbe()(backend);
}

const onData = (act: (socket: Socket) => void) =>
  createServer((socket) => socket.on('data', () => act(socket)));

describe('a backend that behaves badly is down, in words', () => {
  it.each<[string, (socket: Socket) => void, string, HealthCause['kind']]>([
    ['resets', (socket) => socket.resetAndDestroy(), 'connection reset', 'reset'],
    ['hangs up', (socket) => socket.end(), 'connection closed without an answer', 'closed'],
    [
      'ends in mid-head',
      (socket) => socket.end('HTTP/1.1 200 O'),
      'connection closed without an answer',
      'closed',
    ],
    [
      'never ends its head',
      (socket) => socket.write('HTTP/1.1 200 OK\r\nX: '),
      'no answer within 400ms',
      'timeout',
    ],
    [
      'switches protocols unasked',
      (socket) => socket.write('HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
      'HEAD / answered 101',
      'status',
    ],
    [
      'only says 100',
      (socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'),
      'no answer within 400ms',
      'timeout',
    ],
  ])('%s', async (_name, act, words, kind) => {
    const port = await listen(onData(act));
    const [, timeout = '10s'] = /^no answer within (.+)$/.exec(words) ?? [];
    const { result } = start(`http://127.0.0.1:${port}`, { timeout });
    expect(await result).toMatchObject({ hasPassed: false, words, cause: { kind } });
    await expect.poll(() => sockets.size).toBe(0);
  });

  it('501 to HEAD', async () => {
    const port = await listen(createHttpServer((_request, response) => response.writeHead(501).end()));
    const { result } = start(`http://127.0.0.1:${port}`);
    expect((await result).words).toBe('HEAD / answered 501, so GET is used: GET / answered 501');
  });

  it('a name that does not resolve', async () => {
    const { result } = start('http://switchyard.invalid:1', { timeout: '5s' });
    expect((await result).words).toMatch(
      /^(host "switchyard\.invalid" not found|host name lookup failed|no answer within 5s)$/,
    );
  });
});

describe('TLS', () => {
  const options = { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(join(TLS, 'cert.pem')) };
  const secure = () => createHttpsServer(options, (_request, response) => response.end());

  it('a self-signed certificate is refused, with the mend', async () => {
    const { result } = start(`https://127.0.0.1:${await listen(secure())}`);
    expect(await result).toMatchObject({
      words: 'its certificate is self-signed; set "insecure": true to accept it',
      cause: { kind: 'certificate' },
    });
  });

  it('"insecure" accepts it', async () => {
    const { result } = start({ url: `https://127.0.0.1:${await listen(secure())}`, insecure: true });
    expect(await result).toMatchObject({ hasPassed: true, words: 'HEAD / → 200' });
  });

  it('a backend that speaks plain HTTP', async () => {
    const { result } = start(`https://127.0.0.1:${await listen(createHttpServer())}`);
    expect(await result).toMatchObject({
      words: 'it does not speak TLS; write http:// in its URL',
      cause: { kind: 'not-tls' },
    });
  });
});

it('reaches an IPv6 address, and names it in brackets', async () => {
  const hosts: unknown[] = [];
  const port = await listen(
    createHttpServer((request, response) => {
      hosts.push(request.headers.host);
      response.end();
    }),
    '::1',
  );
  expect(await start(`http://[::1]:${port}`).result).toMatchObject({ hasPassed: true });
  expect(hosts).toEqual([`[::1]:${port}`]);
});

it('measures to the head, and does not read a body that never ends', async () => {
  const port = await listen(
    createHttpServer((_request, response) => {
      setTimeout(() => response.writeHead(200).write('x'), 50);
    }),
  );
  const probe = start(`http://127.0.0.1:${port}`, { method: 'GET' });
  expect((await probe.result).hasPassed).toBe(true);
  const took = probe.durationMs();
  expect(took).toBeGreaterThanOrEqual(45);
  await expect.poll(() => sockets.size).toBe(0);
  expect(probe.durationMs()).toBe(took);
});

it('a cancelled probe closes its connection and never answers', async () => {
  const port = await listen(onData(() => undefined));
  const probe = start(`http://127.0.0.1:${port}`);
  let hasAnswered = false;
  void probe.result.then(() => {
    hasAnswered = true;
  });
  await expect.poll(() => sockets.size).toBe(1);
  probe.cancel();
  await expect.poll(() => sockets.size).toBe(0);
  expect(hasAnswered).toBe(false);
});
