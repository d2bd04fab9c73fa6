import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import schemas from 'har-schema';
import { describe, expect, it } from 'vitest';
import { exportHar } from '../../../electron/desktop/har-export.ts';
import type { Har } from '../../../electron/desktop/har-format.ts';
import { harText } from '../../../electron/desktop/har-text.ts';
import { ok } from '../../../shared/calls/result.ts';
import type { ExchangeDetail } from '../../../shared/view/exchange-record.ts';

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addMetaSchema(draft6);
const { har: root = {}, ...parts } = schemas;
for (const schema of Object.values(parts)) ajv.addSchema(schema);
const isHar = ajv.compile(root);

const attempt = {
  backend: 'a',
  startMs: 0,
  durationMs: 1,
  connectedMs: null,
  answeredMs: null,
  failure: 'connection refused',
  hasFailed: true,
  repairs: [],
  faults: [],
  why: null,
};

function detail(change: Partial<ExchangeDetail> = {}): ExchangeDetail {
  return {
    id: 7,
    at: 1_700_000_000_123.4,
    listener: ':8080',
    pool: 'users',
    client: '127.0.0.1',
    clientPort: 54_321,
    method: 'POST',
    target: '/a?x=1&y=a%20b&z',
    status: 200,
    backend: 'b',
    durationMs: 10,
    bytesIn: 3,
    bytesOut: 60,
    attempts: [
      attempt,
      {
        ...attempt,
        backend: 'b',
        startMs: 2,
        durationMs: 7,
        connectedMs: 1,
        answeredMs: 5,
        failure: null,
        faults: ['latency 4 ms'],
      },
    ],
    unserved: null,
    refusal: null,
    heads: {
      request:
        'POST /a?x=1&y=a%20b&z HTTP/1.1\r\nHost: shop:8080\r\nContent-Type: text/plain\r\nCookie: id=1; b=2\r\nAuthorization: Basic eA==\r\n',
      forwarded: null,
      answer:
        'HTTP/1.1 200 Fine\r\nContent-Encoding: gzip\r\nSet-Cookie: s=9; Path=/; Secure\r\nLocation: /b\r\n\r\n',
    },
    bodies: null,
    ...change,
  };
}

async function written(change: Partial<ExchangeDetail> = {}, withSecrets = false) {
  const options = { version: '1.0.0', withSecrets, httpsListeners: new Set(['secure']) };
  const har: Har = JSON.parse(await text(harText([detail(change)], options)));
  isHar(har);
  expect(isHar.errors).toBeNull();
  const [entry] = har.log.entries;
  if (!entry) throw new Error('no entry');
  return entry;
}

describe('a HAR', () => {
  it('has the scheme that the listener speaks', async () => {
    expect((await written({ listener: 'secure' })).request.url).toMatch(/^https:\/\/shop:8080\/a/);
  });

  it('is checked at all', () => {
    expect(isHar({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [{}] } })).toBe(
      false,
    );
  });

  it('is what its schema says, for all that is known and for what is not', async () => {
    const { request, response, ...entry } = await written();
    expect(request).toMatchObject({
      method: 'POST',
      url: 'http://shop:8080/a?x=1&y=a%20b&z',
      httpVersion: 'HTTP/1.1',
      queryString: [
        { name: 'x', value: '1' },
        { name: 'y', value: 'a b' },
        { name: 'z', value: '' },
      ],
      bodySize: 3,
    });
    expect(response).toMatchObject({ status: 200, statusText: 'Fine', redirectURL: '/b', bodySize: 60 });
    expect(entry).toMatchObject({
      startedDateTime: '2023-11-14T22:13:20.123Z',
      connection: '54321',
      _backend: 'b',
      _pool: 'users',
      _faults: ['latency 4 ms'],
    });
    expect(entry._attempts.map(({ failure }) => failure)).toEqual(['connection refused', null]);
    const bare = await written({
      heads: null,
      attempts: [],
      pool: null,
      backend: null,
      status: 0,
      target: '*',
    });
    expect([bare.request.url, bare.request.headersSize, bare.response.headers]).toEqual([
      'http://localhost/*',
      -1,
      [],
    ]);
    expect(bare.timings).toMatchObject({ blocked: -1, connect: -1, wait: 10, receive: 0 });
  });

  it('has times that add up to the whole', async () => {
    const { time, timings } = await written();
    expect(timings).toEqual({ blocked: 3, dns: -1, ssl: -1, connect: 1, send: 0, wait: 4, receive: 2 });
    const known = Object.values(timings).filter((ms) => ms !== -1);
    expect(known.reduce((sum, ms) => sum + ms, 0)).toBe(time);
  });

  it('has no secrets in it unless they are wanted', async () => {
    const without = await written();
    expect(JSON.stringify(without)).not.toMatch(/eA==|"9"/);
    expect(without.request.cookies).toEqual([
      { name: 'id', value: 'REDACTED' },
      { name: 'b', value: 'REDACTED' },
    ]);
    const target = '/a?access_token=t0p&id=1&api_key=k3y#sig=s1g';
    const [bare, whole] = [await written({ target }), await written({ target }, true)];
    expect(bare.request.url).toBe(
      'http://shop:8080/a?access_token=REDACTED&id=1&api_key=REDACTED#sig=REDACTED',
    );
    expect(JSON.stringify(bare)).not.toMatch(/t0p|k3y|s1g/);
    expect(whole.request.url).toBe(`http://shop:8080${target}`);
    const withThem = await written({}, true);
    expect(withThem.request.headers).toContainEqual({ name: 'Authorization', value: 'Basic eA==' });
    expect(withThem.response.cookies).toEqual([
      { name: 's', value: '9', path: '/', httpOnly: false, secure: true },
    ]);
  });

  it('has the bodies that were captured, decoded, and bytes as base64', async () => {
    const answer = gzipSync('hello hello hello hello hello');
    const bodies = {
      request: { bytes: Uint8Array.of(0xff, 0, 1), isWhole: true },
      answer: { bytes: new Uint8Array(answer), isWhole: true },
    };
    const { request, response } = await written({ bodies, bytesOut: answer.length });
    expect(request.postData).toEqual({ mimeType: 'text/plain', text: '/wAB', _encoding: 'base64' });
    expect(response.content).toEqual({
      size: 29,
      compression: 29 - answer.length,
      mimeType: '',
      text: 'hello hello hello hello hello',
    });
    const cut = { ...bodies, request: { bytes: Buffer.from('ab'), isWhole: false } };
    expect((await written({ bodies: cut })).request.postData?.comment).toBe(
      'Only the beginning was captured.',
    );
  });
});

describe('a HAR of hostile values', () => {
  const VALUES = [
    '"}]},{"log": "forged"',
    '</script><script>alert(1)</script>',
    '\\u0000 \\ " \\" x',
    '\u001b]0;x\u0007 \u202e \ud800',
    '\xff\xfe\x80 \xc3\x28',
    'a'.repeat(10_000),
  ];

  it.each(VALUES)('is one valid entry that keeps them as they were: %j', async (value) => {
    const head = (line: string) => `${line}\r\nHost: h\r\nX-Value: ${value}\r\n`;
    const entry = await written(
      {
        target: `/${value}`,
        method: 'GET',
        pool: value,
        backend: value,
        heads: {
          request: head(`GET /${value} HTTP/1.1`),
          forwarded: null,
          answer: `${head(`HTTP/1.1 200 ${value}`)}\r\n`,
        },
      },
      true,
    );
    const valueIn = (headers: readonly { name: string; value: string }[]) =>
      headers.find(({ name }) => name === 'X-Value')?.value;
    expect(valueIn(entry.request.headers)).toBe(value);
    expect(valueIn(entry.response.headers)).toBe(value);
    expect([entry._pool, entry._backend]).toEqual([value, value]);
  });
});

describe('an export', () => {
  it('is of all that are remembered, and made while main goes on with other things', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
    const path = join(folder, 'log.har');
    const asked: number[] = [];
    let turns = 0;
    const counted = setInterval(() => turns++, 0);
    const done = await exportHar(
      {
        find: async (ids) => {
          asked.push(ids.length);
          return ok(ids.filter((id) => id !== 3).map((id) => detail({ id })));
        },
        choosePath: async () => {
          turns = 0;
          return path;
        },
        now: () => 0,
        version: '1',
        listeners: () => [],
      },
      { ids: Array.from({ length: 600 }, (_, at) => at + 1), withSecrets: false },
    );
    clearInterval(counted);
    expect(done).toEqual(ok({ path, count: 599 }));
    expect(asked).toEqual([250, 250, 100]);
    expect(turns).toBeGreaterThan(5);
    const har: Har = JSON.parse(await readFile(path, 'utf8'));
    expect(isHar(har)).toBe(true);
    expect(har.log.entries.map(({ _id }) => _id).slice(0, 3)).toEqual([1, 2, 4]);
    await rm(folder, { recursive: true });
  });
});

it('what was repaired in a response stands in its comment', async () => {
  const attempts = detail().attempts.map((one) => ({ ...one, repairs: ['folded' as const] }));
  const { response } = await written({ attempts });
  expect(response.comment).toContain('folded a header value over several lines');
  expect((await written()).response.comment).toBeUndefined();
});
