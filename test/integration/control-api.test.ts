import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { CliBench } from '../support/cli-run.ts';
import { ControlRun } from '../support/control-run.ts';

let bench: CliBench;
let backend: BackendProcess;
let other: BackendProcess;
let path: string;
let control: ControlRun;

beforeAll(async () => {
  bench = new CliBench();
  backend = await new BackendProcess('b').start();
  other = await new BackendProcess('o').start();
  path = bench.config(text());
  control = await ControlRun.start(bench, path);
});
afterAll(async () => {
  await bench.stop();
  await backend.kill();
  await other.kill();
});

function text(change: object = {}): string {
  const servers = [
    { url: backend.url, name: 'a/ä' },
    { url: other.url, name: 'o', healthCheck: { type: 'off' } },
  ];
  const pools = { 'p 1': { servers, healthCheck: { interval: '10m' }, ...change } };
  const scenarios = { 'bad day': ['at 0s: o latency 1ms', 'at 1h: restore'] };
  const listeners = [{ address: '127.0.0.1:0', defaultPool: 'p 1' }];
  return `// mine\n${JSON.stringify({ listeners, pools, scenarios })}`;
}

const A = '/v1/pools/p%201/backends/a%2F%C3%A4';
const O = '/v1/pools/p%201/backends/o';
const get = (path: string) => control.ask('GET', path);
const post = (path: string, body?: unknown) => control.ask('POST', path, { body });
const put = (body: unknown, headers = {}) => control.ask('PUT', '/v1/config', { body, headers });

describe('the state', () => {
  it('is the snapshot', async () => {
    const state = await get('/v1/state');
    expect(state.value).toMatchObject({
      isRunning: true,
      pools: [{ backends: [{ name: 'a/ä' }, { name: 'o' }] }],
    });
    expect(state.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(state.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('scenarios', () => {
  it('are listed, played and stopped', async () => {
    const steps = [
      { atMs: 0, text: 'o latency 1ms' },
      { atMs: 3_600_000, text: 'restore' },
    ];
    expect((await get('/v1/scenarios')).value).toEqual({
      scenarios: [{ name: 'bad day', seed: null, steps }],
      progress: null,
    });
    const played = await post('/v1/scenarios/bad%20day/play', { seed: 7 });
    expect(played.value).toMatchObject({ progress: { name: 'bad day', seed: 7, isPlaying: true } });
    await control.run.says(/scenario bad day: o latency 1ms/);
    expect((await post('/v1/scenarios/bad%20day/play', {})).value).toMatchObject({
      status: 409,
      code: 'refused',
    });
    expect((await post('/v1/scenarios/stop')).value).toMatchObject({
      progress: { done: 1, isPlaying: false },
    });
    expect((await get('/v1/state')).value).toMatchObject({ pools: [{ backends: [{}, { faults: [] }] }] });
    expect((await post('/v1/scenarios/bad%20dya/play', {})).value).toMatchObject({
      status: 404,
      code: 'unknown-scenario',
      detail: 'There is no scenario "bad dya"; did you mean "bad day"?',
    });
  });
});

describe('what is wrong with a backend', () => {
  it('is what it is told, in either form, until it is mended', async () => {
    const faults = ['latency 1ms', { type: 'error', status: 500, probability: 0.5, affects: 'traffic' }];
    expect((await post(`${A}/faults`, { faults, seed: 7 })).value).toMatchObject({
      faults: [
        { text: 'latency 1ms' },
        { text: 'error 500 probability=0.5 affects=traffic', requestsHit: 0 },
      ],
    });
    expect((await post('/v1/faults/clear')).value).toMatchObject({
      pools: [{ backends: [{ faults: [] }, {}] }],
    });
  });

  it.each([
    [{ faults: 'crash' }, '"faults" has to be a list such as ["latency 200ms"].'],
    [{ faults: [], seed: -1 }, '"seed" has to be 0 or more.'],
    [
      { faults: ['hang', 'latency'] },
      '"latency" has no latency: it is not a duration; write it like "2s" (units: ms, s, m, h).',
    ],
    [
      { faults: [{ type: 'error', status: 42 }] },
      '{"type":"error","status":42}.status must be a status from 200 to 599.',
    ],
  ])('is refused: %j', async (body, detail) => {
    expect((await post(`${A}/faults`, body)).value).toMatchObject({ status: 400, code: 'bad-body', detail });
  });
});

describe('a backend', () => {
  it('is switched off, drained and let in again', async () => {
    for (const state of ['disabled', 'draining']) {
      expect((await post(`${A}/admin`, { state })).value).toMatchObject({ admin: state });
      for (let times = 0; times < 3; times++) expect(await (await fetch(control.url)).text()).toMatch(/^o /);
    }
    expect((await post(`${A}/admin`, { state: 'enabled' })).value).toMatchObject({ admin: 'enabled' });
  });

  it('is forced up or down, and left to its checks again', async () => {
    for (const forced of ['down', 'up', null])
      expect((await post(`${A}/health`, { forced })).value).toMatchObject({ name: 'a/ä', forced });
  });

  it('is probed, unless it is not checked', async () => {
    expect((await post(`${A}/probe`)).status).toBe(200);
    expect(await post(`${O}/probe`)).toMatchObject({ status: 409, value: { code: 'refused' } });
  });

  it('has counters that go back to zero with those of its pool', async () => {
    await fetch(control.url);
    const reset = await post('/v1/pools/p%201/counters/reset');
    expect(reset.value).toMatchObject({
      backends: [{ counters: { requests: 0 } }, { counters: { requests: 0 } }],
    });
  });

  it.each([
    ['/v1/pools/p/backends/o/probe', 'unknown-pool', 'There is no pool "p" here; there is "p 1".'],
    ['/v1/pools/p%202/counters/reset', 'unknown-pool', 'There is no pool "p 2" here; did you mean "p 1"?'],
    [
      '/v1/pools/p%201/backends/x/probe',
      'unknown-backend',
      'There is no backend "x" here; did you mean "o"?',
    ],
  ])('that there is not: %s', async (path, code, detail) => {
    expect(await post(path)).toMatchObject({ status: 404, value: { code, detail } });
  });
});

describe('the config', () => {
  it('is read with a revision that is its entity tag', async () => {
    const config = await get('/v1/config');
    expect(config.value).toMatchObject({ text: readFileSync(path, 'utf8'), path });
    expect(config.value).toHaveProperty('revision', String(config.headers['etag']).slice(1, -1));
  });

  it('is replaced, put in force and saved with its comments; its revision is another then', async () => {
    const before = await get('/v1/config');
    const tag = String(before.headers['etag']);
    const next = text({ policy: 'random' });
    const replaced = await put({ text: next }, { 'if-match': tag });
    expect(replaced).toMatchObject({ status: 200, value: { text: next } });
    expect(replaced.headers['etag']).not.toBe(tag);
    expect(readFileSync(path, 'utf8')).toBe(next);
    expect((await get('/v1/state')).value).toMatchObject({ pools: [{ policy: 'random' }] });

    expect(await put({ text: text() }, { 'if-match': tag })).toMatchObject({
      status: 412,
      value: { code: 'conflict' },
    });
    expect(readFileSync(path, 'utf8')).toBe(next);
    const both = `"x", ${replaced.headers['etag']}`;
    expect((await put({ text: text() }, { 'if-match': both })).status).toBe(200);
    expect((await put({ text: next }, { 'if-match': '*' })).status).toBe(200);
    expect((await put({ text: text() })).status).toBe(200);
  });

  it('stays as it is when the new one is wrong, which is said field by field', async () => {
    const before = await get('/v1/config');
    const refused = await put({ text: '{\n "port": "x",\n "servers": []\n}' });
    expect(refused).toMatchObject({
      status: 422,
      value: {
        code: 'invalid',
        issues: [
          { path: 'port', line: 2 },
          { path: 'servers', line: 3 },
        ],
      },
    });
    expect((await get('/v1/config')).text).toBe(before.text);
    expect(readFileSync(path, 'utf8')).toBe(text());
  });

  it('stays as it is when a port of the new one is taken', async () => {
    const taken = JSON.stringify({ port: `127.0.0.1:${backend.port}`, servers: [other.url] });
    expect(await put({ text: taken })).toMatchObject({ status: 409, value: { code: 'not-applied' } });
    expect(readFileSync(path, 'utf8')).toBe(text());
    expect((await fetch(control.url)).status).toBe(200);
  });

  it('is read from the file again, and what is wrong there is said', async () => {
    writeFileSync(path, '{ "servers": [] }');
    expect(await post('/v1/config/reload')).toMatchObject({ status: 422, value: { code: 'invalid' } });
    const next = text({ policy: 'two-choices' });
    writeFileSync(path, next);
    expect(await post('/v1/config/reload')).toMatchObject({ status: 200, value: { text: next } });
    expect((await get('/v1/state')).value).toMatchObject({ pools: [{ policy: 'two-choices' }] });
  });

  it('that cannot be saved is not in force either', async () => {
    writeFileSync(path, text());
    await post('/v1/config/reload');
    const before = await get('/v1/config');
    rmSync(path);
    mkdirSync(path);
    const told = await put({ text: text({ policy: 'first-available' }) });
    expect(told).toMatchObject({ status: 500, value: { code: 'not-saved' } });
    expect((await get('/v1/config')).text).toBe(before.text);
    expect((await get('/v1/state')).value).toMatchObject({ pools: [{ policy: 'round-robin' }] });
    rmdirSync(path);
    expect((await put({ text: text() })).status).toBe(200);
  });

  it('of two made from the same text the second is refused', async () => {
    const tag = String((await get('/v1/config')).headers['etag']);
    const both = ['random', 'two-choices'].map((policy) =>
      put({ text: text({ policy }) }, { 'if-match': tag }),
    );
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await put({ text: text() })).status).toBe(200);
  });

  it('put over a file that somebody is halfway through is refused, noticed or not', async () => {
    writeFileSync(path, '{ halfway');
    expect(await put({ text: text() })).toMatchObject({ status: 412, value: { code: 'conflict' } });
    expect((await post('/v1/config/reload')).status).toBe(422);
    expect(await put({ text: text() })).toMatchObject({ status: 412, value: { code: 'conflict' } });
    expect(readFileSync(path, 'utf8')).toBe('{ halfway');
    writeFileSync(path, text());
    expect((await post('/v1/config/reload')).status).toBe(200);
    expect((await put({ text: text({ policy: 'random' }) })).status).toBe(200);
  });
});
