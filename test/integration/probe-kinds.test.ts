import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { HealthImplementation, type ServingStatusMap } from 'grpc-health-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createProbe } from '../../electron/engine/health/probe.ts';
import { listening } from '../support/listening.ts';
import { oneConfig } from '../support/test-engine.ts';

const TLS = join(import.meta.dirname, '../support/tls');
const key = readFileSync(join(TLS, 'key.pem'));
const cert = readFileSync(join(TLS, 'cert.pem'));
const listen = listening();
const grpcServers: Server[] = [];
afterEach(() => {
  for (const server of grpcServers.splice(0)) server.forceShutdown();
});

async function probe(url: string, healthCheck: object, insecure = true) {
  const check = { timeout: '400ms', ...healthCheck };
  const config = oneConfig([], { servers: [{ url, insecure }], healthCheck: check });
  const backend = config.pools[0]?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  const { hasPassed, words } = await createProbe()(backend).result;
  return [hasPassed, words];
}

async function closedPort(): Promise<number> {
  const server = createNetServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('type tcp', () => {
  const tcp = { type: 'tcp' };

  it('passes on a connection, and sends nothing', async () => {
    const received: string[] = [];
    let ended = 0;
    const server = createNetServer((socket) => {
      socket.on('data', (bytes) => received.push(String(bytes)));
      socket.on('close', () => ended++);
    });
    expect(await probe(`http://127.0.0.1:${await listen(server)}`, tcp)).toEqual([
      true,
      'TCP connection open',
    ]);
    await expect.poll(() => ended).toBe(1);
    expect(received).toEqual([]);
  });

  it('fails when it is refused', async () => {
    expect(await probe(`http://127.0.0.1:${await closedPort()}`, tcp)).toEqual([false, 'connection refused']);
  });

  it('for https:// wants a handshake, and a certificate it trusts', async () => {
    const url = `https://127.0.0.1:${await listen(createTlsServer({ key, cert }))}`;
    expect(await probe(url, tcp)).toEqual([true, 'TLS handshake done']);
    expect(await probe(url, tcp, false)).toEqual([
      false,
      'its certificate is self-signed; set "insecure": true to accept it',
    ]);
  });

  it('for https:// waits for the handshake no longer than the timeout', async () => {
    const port = await listen(createNetServer((socket) => socket.resume()));
    expect(await probe(`https://127.0.0.1:${port}`, tcp)).toEqual([false, 'no answer within 400ms']);
  });
});

describe('type grpc, asked of the reference server', () => {
  const grpc = { type: 'grpc' };

  async function start(statuses: ServingStatusMap | null, isTls = false): Promise<string> {
    const server = new Server();
    grpcServers.push(server);
    if (statuses) new HealthImplementation(statuses).addToServer(server);
    const credentials = isTls
      ? ServerCredentials.createSsl(null, [{ private_key: key, cert_chain: cert }])
      : ServerCredentials.createInsecure();
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', credentials, (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return `http${isTls ? 's' : ''}://127.0.0.1:${port}`;
  }

  it.each<[ServingStatusMap, object, boolean, string]>([
    [{ '': 'SERVING' }, {}, true, 'gRPC health → SERVING'],
    [{ '': 'NOT_SERVING' }, {}, false, 'gRPC health answered NOT_SERVING'],
    [{ '': 'UNKNOWN' }, {}, false, 'gRPC health answered UNKNOWN'],
    [{ users: 'SERVING' }, { service: 'users' }, true, 'gRPC health of users → SERVING'],
    [
      { '': 'SERVING' },
      { service: 'orders' },
      false,
      'gRPC health of orders answered NOT_FOUND; the server knows no service of this name',
    ],
    [
      { ['ü'.repeat(100)]: 'SERVING' },
      { service: 'ü'.repeat(100) },
      true,
      `gRPC health of ${'ü'.repeat(100)} → SERVING`,
    ],
  ])('%j', async (statuses, settings, hasPassed, words) => {
    expect(await probe(await start(statuses), { ...grpc, ...settings })).toEqual([hasPassed, words]);
  });

  it('over TLS', async () => {
    const url = await start({ '': 'SERVING' }, true);
    expect(await probe(url, grpc)).toEqual([true, 'gRPC health → SERVING']);
    expect((await probe(url, grpc, false))[1]).toMatch(/^its certificate is self-signed/);
  });

  it('says that there is no health service', async () => {
    expect(await probe(await start(null), grpc)).toEqual([
      false,
      'gRPC health answered UNIMPLEMENTED; serve grpc.health.v1.Health, or set "type": "tcp"',
    ]);
  });
});

describe('type grpc, asked of what is no gRPC server', () => {
  const grpc = { type: 'grpc' };

  it('a closed port', async () => {
    expect(await probe(`http://127.0.0.1:${await closedPort()}`, grpc)).toEqual([
      false,
      'connection refused',
    ]);
  });

  it('an HTTP/1.1 server', async () => {
    const port = await listen(createServer((_request, response) => response.end()));
    expect(await probe(`http://127.0.0.1:${port}`, grpc)).toEqual([
      false,
      'it does not speak HTTP/2, which gRPC needs',
    ]);
  });

  it('an HTTP/2 server', async () => {
    const port = await listen(createHttp2Server((_request, response) => response.writeHead(404).end()));
    expect(await probe(`http://127.0.0.1:${port}`, grpc)).toEqual([
      false,
      'its answer is not gRPC, but HTTP status 404',
    ]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a length that is not its own', Buffer.of(0, 0, 0, 0, 9, 8, 1)],
    ['a message too long', Buffer.alloc(100_000)],
  ])('a gRPC server that says %s', async (_name, bytes) => {
    const server = createHttp2Server((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/grpc', 'grpc-status': '0' }).end(bytes);
    });
    expect(await probe(`http://127.0.0.1:${await listen(server)}`, grpc)).toEqual([
      false,
      'its answer is not one of grpc.health.v1',
    ]);
  });

  it('one that hangs up', async () => {
    const port = await listen(createNetServer((socket) => socket.on('data', () => socket.end()).resume()));
    expect(await probe(`http://127.0.0.1:${port}`, grpc)).toEqual([
      false,
      'connection closed without an answer',
    ]);
  });

  it('one that stays silent, and its connection is closed', async () => {
    let open = 0;
    const server = createNetServer((socket) => {
      open++;
      socket.resume().on('close', () => open--);
    });
    expect(await probe(`http://127.0.0.1:${await listen(server)}`, grpc)).toEqual([
      false,
      'no answer within 400ms',
    ]);
    await expect.poll(() => open).toBe(0);
  });
});
