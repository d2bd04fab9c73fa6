import { afterEach, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../shared/view/exchange-record.ts';
import { type HeldBackend, startHeldBackend } from '../support/balanced.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function backend(): Promise<HeldBackend> {
  const started = await startHeldBackend();
  stops.push(() => started.stop());
  return started;
}

async function setUp(servers: readonly object[], pool: object = {}) {
  const engine = await startEngine(oneConfig([], { servers, ...pool }));
  stops.push(() => engine.stop());
  await engine.settle();
  const last = async (): Promise<ExchangeRecord> => {
    const [record] = await engine.engine.exchanges({ limit: 1 });
    if (!record) throw new Error('nothing is on record');
    return record;
  };
  return { ...engine, last };
}

it('an attempt tells who could have been picked, who could not and why, and what decided', async () => {
  const [a, b] = [await backend(), await backend()];
  const gone = await startHeldBackend();
  await gone.stop();
  const engine = await setUp(
    [
      { url: a.url, name: 'a', maxConnections: 1 },
      { url: b.url, name: 'b', weight: 3 },
      { url: gone.url, name: 'gone' },
      { url: `${a.url}/off`, name: 'off' },
      { url: `${a.url}/spare`, name: 'spare', backup: true },
    ],
    { policy: 'least-connections' },
  );
  await engine.engine.watch(null);
  await engine.engine.setAdmin({ pool: 'p', backend: 'off', state: 'disabled' });
  const first = fetch(`${engine.url}/hold`);
  const second = fetch(`${engine.url}/hold`);
  await until('both hold one', () => a.held.length === 1 && b.held.length === 1);
  expect((await fetch(engine.url)).status).toBe(200);
  const { attempts, unserved } = await engine.last();
  expect(unserved).toBeNull();
  expect(attempts).toHaveLength(1);
  expect(attempts[0]?.why).toEqual({
    policy: 'least-connections',
    words: 'it had the fewest requests in flight for its weight',
    candidates: [
      { backend: 'a', weight: 1, inFlight: 1, health: 'up', forced: null, leftOut: 'full' },
      { backend: 'b', weight: 3, inFlight: 1, health: 'up', forced: null, leftOut: null },
      { backend: 'gone', weight: 1, inFlight: 0, health: 'down', forced: null, leftOut: 'down' },
      { backend: 'off', weight: 1, inFlight: 0, health: 'up', forced: null, leftOut: 'disabled' },
      { backend: 'spare', weight: 1, inFlight: 0, health: 'up', forced: null, leftOut: 'backup' },
    ],
  });
  const { connectedMs, answeredMs, durationMs } = attempts[0] ?? {};
  expect(connectedMs).toBeGreaterThanOrEqual(0);
  expect(answeredMs).toBeGreaterThanOrEqual(connectedMs ?? Number.NaN);
  expect(durationMs).toBeGreaterThanOrEqual(answeredMs ?? Number.NaN);
  a.letGo();
  b.letGo();
  await Promise.all([first, second]);
});

it('a second attempt tells what had become of the first backend by then', async () => {
  const [a, b] = [await backend(), await backend()];
  const engine = await setUp(
    [
      { url: a.url, name: 'a' },
      { url: b.url, name: 'b' },
    ],
    { policy: 'first-available' },
  );
  await engine.engine.watch(null);
  await a.stop();
  expect((await fetch(engine.url)).status).toBe(200);
  const { attempts } = await engine.last();
  expect(attempts.map(({ backend, failure }) => [backend, failure])).toEqual([
    ['a', 'connection refused'],
    ['b', null],
  ]);
  expect(attempts[0]?.connectedMs).toBeNull();
  expect(attempts[1]?.why?.candidates.map(({ leftOut }) => leftOut)).toEqual(['down', null]);
});

it('a request that nobody could serve tells why each of them could not', async () => {
  const a = await backend();
  const engine = await setUp([{ url: a.url, name: 'a' }]);
  await engine.engine.watch(null);
  await engine.engine.forceHealth({ pool: 'p', backend: 'a', forced: 'down' });
  expect((await fetch(engine.url)).status).toBe(503);
  const { attempts, unserved } = await engine.last();
  expect(attempts).toEqual([]);
  expect(unserved).toMatchObject({
    words: 'No healthy server available: a: forced down by you.',
    candidates: [{ backend: 'a', health: 'up', forced: 'down', leftOut: 'forced-down' }],
  });
});

it('nothing of it is recorded while nobody watches', async () => {
  const a = await backend();
  const engine = await setUp([{ url: a.url, name: 'a' }]);
  const why = async () => {
    await fetch(engine.url);
    const { attempts } = await engine.last();
    return attempts.map((attempt) => [attempt.why !== null, attempt.answeredMs !== null]);
  };
  expect(await why()).toEqual([[false, false]]);
  await engine.engine.watch(null);
  expect(await why()).toEqual([[true, true]]);
  await engine.engine.unwatch(null);
  expect(await why()).toEqual([[false, false]]);
});

it('batches bring the log while it is shown, and each line can be had in full', async () => {
  const a = await backend();
  const engine = await setUp([{ url: a.url, name: 'a' }]);
  await engine.engine.watch(null);
  await fetch(`${engine.url}/before`);
  const logs = () =>
    engine.pushes.flatMap((push) => (push.push === 'batch' && push.payload.log ? [push.payload.log] : []));
  const held = await engine.engine.showLog({ isShown: true });
  expect(held.map(({ target, tries }) => [target, tries])).toEqual([['/before', 1]]);
  await fetch(`${engine.url}/after`);
  const lines = () => logs().flatMap((log) => log.lines);
  await until('the line has come', () => lines().length > 0);
  expect(lines().map(({ target }) => target)).toEqual(['/after']);
  const found = await engine.engine.exchange({ id: lines()[0]?.id ?? 0 });
  expect(found).toMatchObject({ ok: true, value: { target: '/after', attempts: [{ backend: 'a' }] } });
  expect(await engine.engine.exchange({ id: 9_999 })).toMatchObject({
    ok: false,
    error: { message: 'Request 9999 is not remembered any more: only the last 5000 are.' },
  });
  await engine.engine.showLog({ isShown: false });
  const count = logs().length;
  const seen = engine.pushes.length;
  await until('two more batches', () => engine.pushes.length >= seen + 2);
  expect(logs().length).toBe(count);
});
