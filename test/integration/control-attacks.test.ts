import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';
import { ControlRun } from '../support/control-run.ts';
import { RawClient } from '../support/raw-client.ts';

let bench: CliBench;
let control: ControlRun;
beforeAll(async () => {
  bench = new CliBench();
  const config = bench.config({ port: '127.0.0.1:0', servers: [{ url: 'http://127.0.0.1:1', name: 'a' }] });
  control = await ControlRun.start(bench, config);
});
afterAll(() => bench.stop());

const ADMIN = '/v1/pools/default/backends/a/admin';
const DISABLE = '{"state":"disabled"}';

/** Sends bytes on a connection of its own, closes its half, and returns the statuses of all responses. */
async function statuses(bytes: string): Promise<readonly string[]> {
  const client = new RawClient(control.port).send(bytes);
  client.socket.end();
  const text = await client.ends(8_000);
  client.close();
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? '');
}

async function stateOf(): Promise<string> {
  const { value } = await control.ask('GET', '/v1/state');
  const { pools } = value as { pools: { backends: { admin: string }[] }[] };
  return pools[0]?.backends[0]?.admin ?? '';
}

const HOST = () => `Host: 127.0.0.1:${control.port}\r\n`;
const TOKEN = () => `Authorization: Bearer ${control.token}\r\n`;
const JSON_BODY = `Content-Type: application/json\r\nContent-Length: ${DISABLE.length}\r\n`;

describe('without the token nothing is done or told', () => {
  it.each<[string, () => string]>([
    [
      'a form of another page',
      () =>
        `POST ${ADMIN} HTTP/1.1\r\n${HOST()}Origin: http://evil.example\r\nContent-Type: text/plain\r\nContent-Length: ${DISABLE.length}\r\n\r\n${DISABLE}`,
    ],
    [
      'a request without an Origin, as of a plain link',
      () => `GET /v1/state HTTP/1.1\r\n${HOST()}Sec-Fetch-Site: cross-site\r\n\r\n`,
    ],
    ['a body that would be right', () => `POST ${ADMIN} HTTP/1.1\r\n${HOST()}${JSON_BODY}\r\n${DISABLE}`],
    [
      'the question of a browser before a request',
      () =>
        `OPTIONS ${ADMIN} HTTP/1.1\r\n${HOST()}Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n`,
    ],
    ['the token in the URL', () => `GET /v1/state?token=${control.token} HTTP/1.1\r\n${HOST()}\r\n`],
    [
      'the token in a cookie',
      () => `GET /v1/state HTTP/1.1\r\n${HOST()}Cookie: token=${control.token}\r\n\r\n`,
    ],
    [
      'the token as a password',
      () =>
        `GET /v1/state HTTP/1.1\r\n${HOST()}Authorization: Basic ${Buffer.from(`:${control.token}`).toString('base64')}\r\n\r\n`,
    ],
    [
      'a part of the token',
      () => `GET /v1/state HTTP/1.1\r\n${HOST()}Authorization: Bearer ${control.token.slice(0, -1)}\r\n\r\n`,
    ],
    ['an empty token', () => `GET /v1/state HTTP/1.1\r\n${HOST()}Authorization: Bearer \r\n\r\n`],
    [
      'a WebSocket',
      () =>
        `GET /v1/events HTTP/1.1\r\n${HOST()}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    ],
    [
      'another protocol',
      () =>
        `GET /v1/state HTTP/1.1\r\n${HOST()}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`,
    ],
    ['metrics', () => `GET /metrics HTTP/1.1\r\n${HOST()}\r\n`],
  ])('%s', async (_, bytes) => {
    const [status = '', ...others] = await statuses(bytes());
    expect(status).toMatch(/^40[0135]$/);
    expect(others).toEqual([]);
    expect(await stateOf()).toBe('enabled');
  });
});

describe('with the token, but called by another name', () => {
  it.each<[string, () => string]>([
    ['a name that leads here', () => 'Host: evil.example\r\n'],
    ['a name that begins like ours', () => `Host: 127.0.0.1:${control.port}.evil.example\r\n`],
    ['a user before it', () => `Host: x@127.0.0.1:${control.port}\r\n`],
    ['another loopback', () => `Host: 127.0.0.2:${control.port}\r\n`],
    ['an address of no address', () => `Host: 0.0.0.0:${control.port}\r\n`],
    ['no name', () => 'Host:\r\n'],
    [
      'a name beside the right one',
      () => `Host: evil.example\r\nX-Forwarded-Host: 127.0.0.1:${control.port}\r\n`,
    ],
  ])('%s: nothing is done', async (_, host) => {
    const bytes = `POST ${ADMIN} HTTP/1.1\r\n${host()}${TOKEN()}${JSON_BODY}\r\n${DISABLE}`;
    expect((await statuses(bytes))[0]).toMatch(/^4(?:00|21)$/);
    expect(await stateOf()).toBe('enabled');
  });
});

describe('requests that two programs could read in two ways', () => {
  const head = (fields: string) =>
    `POST ${ADMIN} HTTP/1.1\r\n${HOST()}${TOKEN()}Content-Type: application/json\r\n${fields}\r\n`;
  const chunked = `14\r\n${DISABLE}\r\n0\r\n\r\n`;

  it.each<[string, () => string]>([
    ['two lengths', () => `${head(`Content-Length: 2\r\nContent-Length: ${DISABLE.length}\r\n`)}${DISABLE}`],
    [
      'a length and a coding',
      () => `${head(`Content-Length: ${DISABLE.length}\r\nTransfer-Encoding: chunked\r\n`)}${chunked}`,
    ],
    ['a coding that is not known', () => `${head('Transfer-Encoding: xchunked\r\n')}${chunked}`],
    ['two codings', () => `${head('Transfer-Encoding: chunked, identity\r\n')}${chunked}`],
    ['a length with a sign', () => `${head(`Content-Length: +${DISABLE.length}\r\n`)}${DISABLE}`],
    ['a length below zero', () => `${head('Content-Length: -1\r\n')}${DISABLE}`],
    ['a length in hex', () => `${head('Content-Length: 0x14\r\n')}${DISABLE}`],
    ['a space before the colon', () => `${head(`Content-Length : ${DISABLE.length}\r\n`)}${DISABLE}`],
    [
      'a chunk with a wrong size',
      () => `${head('Transfer-Encoding: chunked\r\n')}zz\r\n${DISABLE}\r\n0\r\n\r\n`,
    ],
    ['a NUL in a field', () => `${head(`X: a\0b\r\nContent-Length: ${DISABLE.length}\r\n`)}${DISABLE}`],
    [
      'a version that is none',
      () => `POST ${ADMIN} HTTP/9.9\r\n${HOST()}${TOKEN()}${JSON_BODY}\r\n${DISABLE}`,
    ],
    ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s: are refused, once, and nothing is done', async (_, bytes) => {
    expect(await statuses(bytes())).toEqual(['400']);
    expect(await stateOf()).toBe('enabled');
  });

  it('a request in the body of another is a body', async () => {
    const inner = `POST ${ADMIN} HTTP/1.1\r\n${HOST()}${TOKEN()}${JSON_BODY}\r\n${DISABLE}`;
    const outer = `${head(`Content-Length: ${inner.length}\r\nConnection: close\r\n`)}${inner}`;
    expect(await statuses(outer)).toEqual(['400']);
    expect(await stateOf()).toBe('enabled');
  });

  it('a tunnel is not opened', async () => {
    const bytes = `CONNECT 127.0.0.1:${control.port} HTTP/1.1\r\n${HOST()}${TOKEN()}\r\n`;
    expect((await statuses(bytes)).filter((status) => status.startsWith('2'))).toEqual([]);
  });
});

describe('names that try to be something else', () => {
  const NAME = '\u001b]0;x\u0007"<script>alert(1)</script>\r\nX-Forged: 1\r\n\r\n\u202e';

  it('are quoted in a problem, which is JSON and nothing else', async () => {
    const path = `/v1/pools/default/backends/${encodeURIComponent(NAME)}/admin`;
    const told = await control.ask('POST', path, { body: { state: 'disabled' } });
    expect(told).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' },
      value: { code: 'unknown-backend', detail: expect.stringContaining(NAME) },
    });
    expect(told.headers).not.toHaveProperty('x-forged');
  });

  it('are one line of one event', async () => {
    const reader = new RawClient(control.port).send(`GET /v1/events HTTP/1.1\r\n${HOST()}${TOKEN()}\r\n`);
    await reader.receives(': switchyard\n\n');
    const body = {
      text: JSON.stringify({ servers: [{ url: 'http://127.0.0.1:1', name: 'x\n\nevent: forged' }] }),
    };
    await control.ask('PUT', '/v1/config', { body });
    await control.ask('POST', ADMIN, { body: { state: 'draining' } });
    await reader.receives(/event: admin\n/);
    expect(reader.text).not.toMatch(/^event: forged/m);
    reader.close();
    await control.ask('POST', ADMIN, { body: { state: 'enabled' } });
  });
});
