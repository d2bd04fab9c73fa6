import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import parse, { type ParsedFamily, type ParsedMetric } from 'parse-prometheus-text-format';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';
import { ControlRun } from '../support/control-run.ts';

let bench: CliBench;
let control: ControlRun;
const servers: Server[] = [];

/** Answers `/404` with 404, cuts the connection on `/cut`, takes 30 ms for `/slow`, and 200 otherwise. */
async function backend(): Promise<string> {
  const server = createServer((request, response) => {
    const { url = '' } = request;
    // A connection that is cut while kept for later would be no error of the backend.
    response.setHeader('connection', 'close');
    if (url === '/cut') request.socket.destroy();
    else if (url === '/slow') setTimeout(() => response.end('ok'), 30);
    else response.writeHead(url === '/404' ? 404 : 200).end('ok');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

const POOL = 'a pool/of: mine';

beforeAll(async () => {
  bench = new CliBench();
  const pools = {
    [POOL]: {
      servers: [
        { url: await backend(), name: 'one' },
        { url: await backend(), name: 'two' },
      ],
      healthCheck: { type: 'off' },
    },
    empty: { servers: [{ url: 'http://127.0.0.1:1', name: 'off' }], healthCheck: { type: 'off' } },
  };
  const listeners = [
    { address: '127.0.0.1:0', defaultPool: POOL, routes: [{ path: '/none', pool: 'empty' }] },
  ];
  control = await ControlRun.start(bench, bench.config({ listeners, pools }));
});
afterAll(async () => {
  await bench.stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function scrape(): Promise<readonly ParsedFamily[]> {
  const told = await control.ask('GET', '/metrics');
  expect(told.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  // The parser knows no histograms with labels; told nothing of their type it takes each series for itself.
  return parse(told.text.replace(/^# (HELP|TYPE) switchyard_backend_request_duration_seconds .*\n/gm, ''));
}

const DURATION = 'switchyard_backend_request_duration_seconds';

function samples(families: readonly ParsedFamily[], name: string): readonly ParsedMetric[] {
  return families.filter((family) => family.name === name).flatMap(({ metrics }) => metrics);
}

function metric(families: readonly ParsedFamily[], name: string, labels: object): ParsedMetric | undefined {
  return samples(families, name).find((one) =>
    Object.entries(labels).every(([label, value]) => one.labels?.[label] === value),
  );
}

const value = (families: readonly ParsedFamily[], name: string, labels: object) =>
  Number(metric(families, name, labels)?.value);

describe('metrics', () => {
  it('count what was really sent, backend by backend', async () => {
    const off = '/v1/pools/empty/backends/off/admin';
    await control.ask('POST', off, { body: { state: 'disabled' } });
    const sent = [
      ...Array.from({ length: 11 }, () => '/'),
      ...Array.from({ length: 5 }, () => '/404'),
      '/slow',
    ];
    const seen = new Map<string, number>();
    let bytes = 0;
    for (const path of sent) {
      const answer = await fetch(`${control.url}${path}`);
      bytes += (await answer.text()).length;
      const key = `${answer.headers.get('x-forwarded-server')} ${answer.status}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    const cut = await fetch(`${control.url}/cut`, { method: 'POST' });
    expect(cut.status).toBe(502);
    for (let times = 0; times < 3; times++) expect((await fetch(`${control.url}/none`)).status).toBe(503);

    const families = await scrape();
    const state = await control.ask('GET', '/v1/state');
    const urls = [...state.text.matchAll(/"name":"(one|two)","url":"([^"]+)"/g)];
    expect(urls).toHaveLength(2);
    for (const [, name, url] of urls) {
      const labels = { pool: POOL, backend: name };
      for (const status of [200, 404]) {
        const labelled = { ...labels, class: `${(status / 100) | 0}xx` };
        expect(value(families, 'switchyard_backend_requests_total', labelled)).toBe(
          seen.get(`${url} ${status}`),
        );
      }
      const answered = (seen.get(`${url} 200`) ?? 0) + (seen.get(`${url} 404`) ?? 0);
      const errors = value(families, 'switchyard_backend_errors_total', labels);
      expect(value(families, 'switchyard_backend_attempts_total', labels)).toBe(answered + errors);
      expect(value(families, 'switchyard_backend_in_flight', labels)).toBe(0);
      expect(value(families, `${DURATION}_count`, labels)).toBe(answered);
      expect(value(families, `${DURATION}_bucket`, { ...labels, le: '+Inf' })).toBe(answered);
    }
    const total = (name: string) => samples(families, name).reduce((sum, one) => sum + Number(one.value), 0);
    expect(total('switchyard_backend_errors_total')).toBe(1);
    expect(total('switchyard_backend_response_bytes_total')).toBe(bytes);
    expect(value(families, 'switchyard_pool_unavailable_total', { pool: 'empty' })).toBe(3);
    expect(value(families, 'switchyard_pool_unavailable_total', { pool: POOL })).toBe(0);
  });

  it("count the error responses of Switchyard's own by cause", async () => {
    const long = await fetch(`${control.url}/?${'q'.repeat(9_000)}`);
    expect(long.status).toBe(414);
    const families = await scrape();
    const name = 'switchyard_listener_refused_requests_total';
    const listener = '127.0.0.1:0';
    expect(value(families, name, { listener, status: '414', reason: 'target-too-long' })).toBe(1);
    expect(value(families, name, { listener, status: '502', reason: 'backend-closed' })).toBe(1);
    expect(value(families, name, { listener, status: '503', reason: 'no-backend' })).toBe(3);
  });

  it('put an answer in the buckets it belongs to', async () => {
    const families = await scrape();
    const all = (name: string) => samples(families, name);
    let slow = 0;
    for (const { labels: { pool = '', backend = '' } = {}, value: count } of all(`${DURATION}_count`)) {
      const buckets = all(`${DURATION}_bucket`).filter(
        ({ labels }) => labels?.['pool'] === pool && labels?.['backend'] === backend,
      );
      const bounds = buckets.map(({ labels }) => Number(labels?.['le']?.replace('+Inf', 'Infinity')));
      const counts = buckets.map((one) => Number(one.value));
      expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      slow += Number(count) - (counts[bounds.indexOf(0.025)] ?? Number.NaN);
    }
    expect(slow).toBeGreaterThanOrEqual(1);
    const sum = all(`${DURATION}_sum`).reduce((total, one) => total + Number(one.value), 0);
    expect(sum).toBeGreaterThanOrEqual(0.03);
  });

  // The rules of `promtool check metrics`, and what its parser takes.
  it('are as Prometheus wants them', async () => {
    const { text } = await control.ask('GET', '/metrics');
    expect(text.endsWith('\n')).toBe(true);
    const types = new Map<string, string>();
    const helps = new Set<string>();
    const series = new Set<string>();
    for (const line of text.slice(0, -1).split('\n')) {
      const [, kind, about = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
      if (kind === 'HELP') helps.add(about);
      else if (kind === 'TYPE') {
        expect(types.has(about), `${about} is told once`).toBe(false);
        expect(helps.has(about), `${about} has a help`).toBe(true);
        types.set(about, rest);
        const isCounter = rest === 'counter';
        expect(about.endsWith('_total'), `${about} is a ${rest}`).toBe(isCounter);
        expect(about).toMatch(/^[a-z]+(_[a-z]+)*$/);
        expect(about).not.toMatch(/_(counter|gauge|histogram|bucket|count|sum|info_total)$/);
        expect(about, 'in base units').not.toMatch(
          /_(m|u|n)?s(_|$)|milli|minute|hour|_([kmg]i?)?b(_|$)|kilo/,
        );
      } else {
        const [, id = '', name = '', labels = ''] =
          /^(([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\]|\\["\\n])*",?)*)\})?) \S+$/.exec(line) ?? [];
        expect(id, `${line} can be read`).not.toBe('');
        expect(series.has(id), `${id} is there once`).toBe(false);
        series.add(id);
        const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
        expect(types.get(family), `${name} has a type before it`).toMatch(
          family === name ? /^(counter|gauge)$/ : /^histogram$/,
        );
        expect(/\b(le|quantile)=/.test(labels)).toBe(name.endsWith('_bucket'));
      }
    }
    expect([...types.keys()]).toEqual([...helps]);
  });

  it('tell how listeners and backends are', async () => {
    const off = { pool: 'empty', backend: 'off' };
    const admin = 'switchyard_backend_admin_state';
    let families = await scrape();
    expect(value(families, 'switchyard_listener_up', { listener: '127.0.0.1:0' })).toBe(1);
    expect(value(families, admin, { ...off, state: 'disabled' })).toBe(1);
    expect(value(families, admin, { ...off, state: 'enabled' })).toBe(0);
    expect(value(families, 'switchyard_backend_up', off)).toBe(1);
    await control.ask('POST', '/v1/pools/empty/backends/off/health', { body: { forced: 'down' } });
    families = await scrape();
    expect(value(families, 'switchyard_backend_up', off)).toBe(0);
  });

  it('are all told of in the docs, with their labels', async () => {
    const docs = readFileSync(join(import.meta.dirname, '../../docs/control.md'), 'utf8');
    for (const { name, metrics } of await scrape()) {
      const shown = name.replace(/_(bucket|sum|count)$/, '');
      const row =
        docs.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${shown}\``)) ?? '';
      expect(row, `the row of ${name}`).not.toBe('');
      const labels = Object.keys(metrics[0]?.labels ?? {}).filter((label) => label !== 'le');
      expect(row.split('|')[2]?.trim()).toBe(labels.join(', '));
    }
  });

  it('tell of the process', async () => {
    const families = await scrape();
    expect(metric(families, 'switchyard_build_info', {})?.labels).toMatchObject({
      node: process.versions.node,
    });
    expect(value(families, 'process_cpu_seconds_total', {})).toBeGreaterThan(0);
    expect(value(families, 'process_resident_memory_bytes', {})).toBeGreaterThan(10_000_000);
    const startedAt = value(families, 'process_start_time_seconds', {});
    expect(startedAt).toBeLessThanOrEqual(Date.now() / 1_000);
    expect(startedAt).toBeGreaterThan(Date.now() / 1_000 - 600);
    // One that moved would be taken for a restart.
    expect(value(await scrape(), 'process_start_time_seconds', {})).toBe(startedAt);
    for (const { name, help } of families) if (!name.startsWith(DURATION)) expect(help).toMatch(/\.$/);
  });
});
