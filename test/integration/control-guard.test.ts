import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';
import { ControlRun, type Telling } from '../support/control-run.ts';
import { startControlServer } from '../support/control-server.ts';
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
const GOOD = { state: 'enabled' };

describe('who is not let in', () => {
  it.each<[string, number, string, () => Telling['headers']]>([
    ['no token', 401, 'no-token', () => ({ authorization: undefined })],
    ['a wrong token', 401, 'wrong-token', () => ({ authorization: `Bearer ${'x'.repeat(43)}` })],
    ['a token that begins well', 401, 'wrong-token', () => ({ authorization: `Bearer ${control.token}x` })],
    ['another scheme', 401, 'wrong-token', () => ({ authorization: `Basic ${control.token}` })],
    ['a name that was pointed here', 421, 'wrong-host', () => ({ host: `evil.example:${control.port}` })],
    ['the right name with another port', 421, 'wrong-host', () => ({ host: 'localhost:1' })],
    ['the address without its port', 421, 'wrong-host', () => ({ host: '127.0.0.1' })],
    ['a page from elsewhere', 403, 'foreign-origin', () => ({ origin: 'http://evil.example' })],
    ['a page in a sandbox', 403, 'foreign-origin', () => ({ origin: 'null' })],
    ['a page of another port', 403, 'foreign-origin', () => ({ origin: 'http://127.0.0.1:1' })],
  ])('%s', async (_name, status, code, headers) => {
    const wanted = headers() ?? {};
    const told = await control.ask('POST', ADMIN, { body: GOOD, headers: wanted });
    expect(told).toMatchObject({ status, value: { code } });
    expect(told.headers['www-authenticate']).toBe(status === 401 ? 'Bearer realm="switchyard"' : undefined);
    // A page is refused on every path, whether or not there is something.
    expect((await control.ask('OPTIONS', '/x', { headers: wanted })).status).toBe(status);
  });

  it('but by the name of this machine, and for a page of our own', async () => {
    const host = `localhost:${control.port}`;
    expect((await control.ask('GET', '/v1/state', { headers: { host } })).status).toBe(200);
    const origin = `http://127.0.0.1:${control.port}`;
    expect((await control.ask('GET', '/v1/state', { headers: { origin } })).status).toBe(200);
  });
});

describe('what is not taken', () => {
  it.each<[string, number, string, unknown, RegExp]>([
    [
      'a field there is not',
      400,
      'unknown-field',
      { state: 'enabled', why: 1 },
      /"why" is not a field here; there is "state"\./,
    ],
    ['a field misspelt', 400, 'unknown-field', { sate: 'enabled' }, /did you mean "state"\?/],
    [
      'a value there is not',
      400,
      'bad-body',
      { state: 'off' },
      /"state" has to be "enabled", "draining" or "disabled"\./,
    ],
    ['no object', 400, 'bad-body', [], /an object with "state"/],
    ['no JSON', 400, 'bad-body', '{', /not JSON/],
    ['nothing', 400, 'bad-body', '', /not JSON/],
    ['more than 1 MiB', 413, 'too-large', `"${'x'.repeat(1024 * 1024)}"`, /1 MiB/],
  ])('%s', async (_name, status, code, body, detail) => {
    const told = await control.ask('POST', ADMIN, { body });
    expect(told).toMatchObject({ status, value: { code, detail: expect.stringMatching(detail) } });
  });

  it.each([['text/plain'], ['application/x-www-form-urlencoded'], [undefined]])(
    'a body as %s',
    async (type) => {
      const told = await control.ask('POST', ADMIN, { body: GOOD, headers: { 'content-type': type } });
      expect(told).toMatchObject({ status: 415, value: { code: 'not-json' } });
    },
  );

  it.each([
    ['DELETE', '/v1/config', 'GET, PUT'],
    ['GET', ADMIN, 'POST'],
    ['POST', '/metrics', 'GET'],
    ['POST', '/v1/events', 'GET'],
  ])('%s %s', async (method, path, allow) => {
    const told = await control.ask(method, path);
    expect(told).toMatchObject({ status: 405, headers: { allow }, value: { code: 'wrong-method' } });
  });

  it.each(['/', '/v1', '/v1/state/', '/v1/pools//counters/reset', '/v1/pools/%/counters/reset', '/V1/state'])(
    'a path there is not: %s',
    async (path) => {
      expect(await control.ask('GET', path)).toMatchObject({ status: 404, value: { code: 'unknown-path' } });
    },
  );

  it('a query, and the number of an event that is none', async () => {
    expect((await control.ask('GET', '/v1/state?full=1')).status).toBe(400);
    expect((await control.ask('GET', '/v1/events', { headers: { 'last-event-id': 'x' } })).status).toBe(400);
  });
});

describe('on the wire', () => {
  const head = (rest: string) =>
    `POST ${ADMIN} HTTP/1.1\r\nHost: 127.0.0.1:${control.port}\r\nAuthorization: Bearer ${control.token}\r\n${rest}`;

  it('what is no HTTP is a problem, and the connection ends', async () => {
    const client = new RawClient(control.port).send('hello\r\n\r\n');
    expect(await client.ends()).toMatch(
      /^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"bad-request"/s,
    );
    client.close();
  });

  it('a head without end is a problem', async () => {
    const client = new RawClient(control.port).send(head(`X: ${'x'.repeat(20_000)}\r\n`));
    expect(await client.ends()).toMatch(/^HTTP\/1\.1 431 /);
    client.close();
  });

  it('a body that says it is too long is refused after its first MiB', async () => {
    const fields = 'Content-Type: application/json\r\nContent-Length: 5000000\r\n\r\n';
    const client = new RawClient(control.port).send(head(fields)).send('x'.repeat(1024 * 1024 + 1));
    await client.receives(/^HTTP\/1\.1 413 /);
    client.close();
  });
});

it('whoever sends a head or a body drop by drop is not waited for', async () => {
  const { port, token, stop } = await startControlServer({ requestTimeoutMs: 100 });
  const slow = [
    'GET /v1/state HTTP/1.1\r\nHost: ',
    `PUT /v1/config HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  ].map((text) => new RawClient(port).send(text));
  for (const client of slow) {
    expect(await client.ends()).toMatch(/^HTTP\/1\.1 408 /);
    client.close();
  }
  await stop();
});

it('anything but loopback is not bound', async () => {
  const config = bench.config({ port: '127.0.0.1:0', servers: ['http://127.0.0.1:1'] }, 'other.json');
  for (const address of ['0.0.0.0:0', '[::]:0', '192.0.2.1:9900', 'example.com:9900']) {
    const run = bench.run('serve', '--config', config, '--control', address);
    expect(await run.exited).toBe(2);
    expect(run.err).toMatch(
      /^switchyard: --control ".*" could be reached by other machines; write "127\.0\.0\.1:\d+"\n$/,
    );
  }
});
