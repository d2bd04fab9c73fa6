import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CertificateFolder } from '../support/certificates.ts';
import { answering, type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { configOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';

let backend: RawBackend;
let engine: TestEngine;
beforeAll(async () => {
  backend = await startRawBackend((socket, text) => {
    if (!text.includes('/silent')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
  engine = await startEngine(
    configOf({
      listeners: [
        {
          address: '127.0.0.1:0',
          defaultPool: 'p',
          limits: { body: 1_000, headers: 50 },
          timeouts: { head: '300ms' },
          routes: [
            { path: '/none', pool: 'empty' },
            { path: '/maintenance', respond: { status: 503, body: 'back at 9' } },
          ],
        },
      ],
      pools: {
        p: { servers: [backend.url], timeouts: { firstByte: '200ms' }, healthCheck: { type: 'off' } },
        empty: { servers: ['http://127.0.0.1:1'], healthCheck: { type: 'off' } },
      },
    }),
  );
});
afterAll(async () => {
  await engine.stop();
  await backend.stop();
});

async function lastRecord() {
  const [record] = await engine.engine.exchanges({ limit: 1 });
  return record;
}

const HEAD = 'GET /a?b=1 HTTP/1.1\r\nHost: x\r\n';

describe("an error response of Switchyard's own is recorded, counted, and names its setting", () => {
  it.each<[string, string, { status: number; code: string; method: string; target: string; says: RegExp }]>([
    [
      'a head above the limit',
      `${HEAD}Cookie: ${'c'.repeat(20_000)}\r\n\r\n`,
      {
        status: 431,
        code: 'head-too-large',
        method: 'GET',
        target: '/a?b=1',
        says: /16384 bytes.*limits\.head/,
      },
    ],
    [
      'too many header lines',
      `${HEAD}${'A: b\r\n'.repeat(60)}\r\n`,
      {
        status: 431,
        code: 'too-many-headers',
        method: 'GET',
        target: '/a?b=1',
        says: /50 header.*limits\.headers/,
      },
    ],
    [
      'a target above the limit',
      `GET /${'t'.repeat(9_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      {
        status: 414,
        code: 'target-too-long',
        method: 'GET',
        target: `/${'t'.repeat(1_023)}…`,
        says: /8192 bytes.*limits\.target/,
      },
    ],
    [
      'a body above the limit',
      'POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n',
      {
        status: 413,
        code: 'body-too-large',
        method: 'POST',
        target: '/up',
        says: /1000 bytes.*limits\.body/,
      },
    ],
    [
      'a chunked body above the limit',
      `POST /up HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n${'b'.repeat(1_024)}\r\n`,
      {
        status: 413,
        code: 'body-too-large',
        method: 'POST',
        target: '/up',
        says: /1000 bytes.*limits\.body/,
      },
    ],
    [
      'a head that does not arrive',
      HEAD,
      { status: 408, code: 'head-timeout', method: 'GET', target: '/a?b=1', says: /300ms.*timeouts\.head/ },
    ],
    [
      'no Host',
      'GET /a HTTP/1.1\r\n\r\n',
      { status: 400, code: 'bad-host', method: 'GET', target: '/a', says: /no Host/ },
    ],
    [
      'a target that is not percent-encoded',
      'GET /caf\xe9 HTTP/1.1\r\nHost: x\r\n\r\n',
      { status: 400, code: 'bad-request-line', method: 'GET', target: '/caf%E9', says: /percent-encoded/ },
    ],
    ['no HTTP at all', '\x00\x01\x02', { status: 400, code: 'not-http', method: '', target: '', says: /./ }],
    [
      'another version',
      'GET /a HTTP/3.0\r\nHost: x\r\n\r\n',
      { status: 505, code: 'unsupported-version', method: 'GET', target: '/a', says: /HTTP\/3\.0/ },
    ],
    [
      'CONNECT',
      'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n',
      { status: 405, code: 'method-not-allowed', method: 'CONNECT', target: 'a:443', says: /CONNECT/ },
    ],
    [
      'no backend',
      'GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      { status: 503, code: 'no-backend', method: 'GET', target: '/none', says: /./ },
    ],
    [
      'a backend that does not respond',
      'GET /silent HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      {
        status: 504,
        code: 'backend-timeout',
        method: 'GET',
        target: '/silent',
        says: /200ms \(timeouts\.firstByte\)/,
      },
    ],
  ])('%s', async (_name, text, { status, code, method, target, says }) => {
    const counted = async () =>
      (await engine.snapshot()).listeners[0]?.refusals.find((one) => one.code === code)?.count ?? 0;
    const before = await counted();
    const client = new RawClient(engine.port).send(text);
    expect(await client.ends()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    client.close();
    expect(client.text).toMatch(says);
    const record = await lastRecord();
    expect(record).toMatchObject({ status, method, target, backend: null, client: '127.0.0.1' });
    expect(record?.refusal?.code).toBe(code);
    // Of a 503 the client reads the same, with a line for each backend.
    const body = client.text.slice(client.text.indexOf('\r\n\r\n') + 4);
    const [first = ''] = body.split('\n');
    expect(record?.refusal?.message.startsWith(first)).toBe(true);
    expect(await counted()).toBe(before + 1);
  });

  it('a response that a route asks for is no refusal', async () => {
    const client = new RawClient(engine.port).send(
      'GET /maintenance HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(await client.ends()).toMatch(/^HTTP\/1.1 503 /);
    expect(await lastRecord()).toMatchObject({ status: 503, target: '/maintenance', refusal: null });
  });

  it('a connection that closes without a byte is not recorded', async () => {
    const before = (await lastRecord())?.id;
    const client = new RawClient(engine.port);
    client.socket.end();
    await client.ends();
    expect((await lastRecord())?.id).toBe(before);
  });
});

it('the head of a refused request is kept as far as it came, while somebody watches', async () => {
  await engine.engine.watch(null);
  const client = new RawClient(engine.port).send('GET /kept HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n');
  await client.ends();
  await engine.engine.unwatch(null);
  const id = (await lastRecord())?.id ?? 0;
  const detail = await engine.engine.exchange({ id });
  expect(detail.ok && detail.value.heads?.request).toBe('GET /kept HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n');
  expect(await engine.engine.sendAgain({ id, backend: null })).toMatchObject({
    ok: false,
    error: { message: 'It cannot be sent again: it was refused before all of it was read.' },
  });
});

describe('a listener that speaks https', () => {
  const certificates = new CertificateFolder();
  afterAll(() => certificates.remove());
  const stops: (() => unknown)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  it('records plain http as refused, and counts handshakes that fail', async () => {
    await certificates.renew();
    const raw = await startRawBackend(answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    const config = oneConfig([raw.url], { healthCheck: { type: 'off' } }, { tls: certificates.tls });
    const secure = await startEngine(await certificates.load(config));
    stops.push(
      () => raw.stop(),
      () => secure.stop(),
    );
    const client = new RawClient(secure.port).send('GET /plain HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await client.ends()).toMatch(/^HTTP\/1.1 400 .*https:\/\//s);
    const [record] = await secure.engine.exchanges({ limit: 1 });
    expect(record).toMatchObject({ status: 400, refusal: { code: 'plain-http' } });
    // A record of the right type that holds no client's hello.
    const socket = connect(secure.port, '127.0.0.1').on('error', () => undefined);
    stops.push(() => socket.destroy());
    socket.write(Buffer.from([22, 3, 1, 0, 4, 9, 9, 9, 9]));
    await expect.poll(async () => (await secure.snapshot()).listeners[0]?.handshakeFailures).toBe(1);
  });
});
