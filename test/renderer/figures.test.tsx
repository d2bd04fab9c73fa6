import { describe, expect, it } from 'vitest';
import { applyBatch } from '../../renderer/stores/apply-batch.ts';
import { addMark, type CounterMark, errorPercent } from '../../renderer/stores/error-rate.ts';
import { laneFigures, poolRates, readingAt, trackScale } from '../../renderer/stores/figures.ts';
import { formatAge, formatBytes, formatMs, standingOf } from '../../renderer/stores/words.ts';
import type { BackendSnapshot, PoolSnapshot, Snapshot } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';

const counted = (name: string, requests: number, change: Partial<BackendSnapshot> = {}) => {
  const plain = backend(name);
  return backend(name, { counters: { ...plain.counters, requests }, ...change });
};
const bucket = (second: number, requests: number[], errors = requests.map(() => 0)) => ({
  second,
  pool: 'users',
  backends: ['a', 'b'],
  requests,
  errors,
  latency: { p50Ms: 2, p95Ms: 5, p99Ms: 9 },
});
const poolOf = (snapshot: { readonly pools: readonly PoolSnapshot[] }): PoolSnapshot => {
  const [pool] = snapshot.pools;
  if (!pool) throw new Error('the test is wrong');
  return pool;
};

describe('shares', () => {
  it('are of all requests since the reset, or of those in the window', () => {
    const snapshot = snapshotOf([counted('a', 30), counted('b', 10)], {
      seconds: [bucket(30, [9, 1]), bucket(95, [1, 3])],
    });
    const shares = (window: '10s' | '1min' | 'reset') =>
      laneFigures(snapshot, poolOf(snapshot), window).map((lane) => lane.share);
    expect(shares('reset')).toEqual([0.75, 0.25]);
    expect(shares('10s')).toEqual([0.25, 0.75]);
    expect(laneFigures(snapshot, poolOf(snapshot), '10s').map((lane) => lane.requests)).toEqual([1, 3]);
  });

  it('are unknown without traffic', () => {
    const snapshot = snapshotOf([backend('a')]);
    expect(laneFigures(snapshot, poolOf(snapshot), 'reset')[0]?.share).toBeNull();
  });

  it.each<[string, PoolSnapshot['policy'], Partial<BackendSnapshot>, (number | null)[]]>([
    ['equal by round robin, whatever the weights', 'round-robin', {}, [0.5, 0.5]],
    ['by weight', 'weighted-round-robin', {}, [0.75, 0.25]],
    ['by weight too', 'random', {}, [0.75, 0.25]],
    ['unknown where the traffic decides', 'least-connections', {}, [null, null]],
    ['nothing for one that is off, whoever decides', 'ip-hash', { admin: 'disabled' }, [0, null]],
    ['nothing for a backup that stands by', 'round-robin', { isBackup: true }, [0, 1]],
    ['nothing for one that is off', 'round-robin', { admin: 'disabled' }, [0, 1]],
    [
      'nothing for one that is down',
      'round-robin',
      { health: { health: 'down', reason: '', since: 0 } },
      [0, 1],
    ],
    [
      'unknown counts as in',
      'round-robin',
      { health: { health: 'unknown', reason: '', since: 0 } },
      [0.5, 0.5],
    ],
  ])('entitled: %s', (_name, policy, change, entitled) => {
    const snapshot = snapshotOf([backend('a', { weight: 3, ...change }), backend('b')]);
    const pool = { ...poolOf(snapshot), policy };
    expect(laneFigures(snapshot, pool, 'reset').map((lane) => lane.entitled)).toEqual(entitled);
  });
});

it('backups share what there is when nobody else can serve', () => {
  const out = { health: { health: 'down', reason: '', since: 0 } } as const;
  const backups = [backend('a', { isBackup: true }), backend('b', { isBackup: true })];
  const snapshot = snapshotOf([...backups, backend('c', out)]);
  const entitled = laneFigures(snapshot, poolOf(snapshot), 'reset').map((lane) => lane.entitled);
  expect(entitled).toEqual([0.5, 0.5, 0]);
});

it('bars are measured by what is owed, unless one has clearly more', () => {
  const scale = (...requests: number[]) => {
    const snapshot = snapshotOf(requests.map((count, index) => counted(`b${index}`, count)));
    return trackScale(laneFigures(snapshot, poolOf(snapshot), 'reset'));
  };
  expect([scale(50, 50), scale(51, 49), scale(80, 20), scale(0, 0)].map((one) => one.toFixed(2))).toEqual([
    '1.84',
    '1.84',
    '1.15',
    '1.84',
  ]);
});

it('one second can be read out by itself', () => {
  const snapshot = snapshotOf([backend('a'), backend('b')], { seconds: [bucket(97, [3, 1])] });
  const read = (second: number) => [...readingAt(snapshot, poolOf(snapshot), second).values()];
  expect(read(97)).toEqual([
    { requests: 3, share: 0.75 },
    { requests: 1, share: 0.25 },
  ]);
  expect(read(98)[0]).toEqual({ requests: 0, share: null });
});

it('rates are averaged over the last three complete seconds', () => {
  const snapshot = snapshotOf([backend('a'), backend('b')], {
    seconds: [bucket(96, [99, 99]), bucket(97, [3, 3]), bucket(99, [3, 0]), bucket(100, [99, 99])],
  });
  const rates = poolRates(snapshot, 'users');
  expect([rates.perSecond, rates.byBackend.get('a'), rates.byBackend.get('b')]).toEqual([3, 2, 1]);
});

describe('the error rate', () => {
  const at = (ms: number, requests: number, failed: number, unavailable = 0) => {
    const plain = backend('a').counters;
    const counters = { ...plain, requests, errors: failed, byClass: [0, 0, 0, 0, failed] as const };
    const snapshot = snapshotOf([backend('a', { counters })], { at: ms });
    return { ...snapshot, pools: snapshot.pools.map((pool) => ({ ...pool, unavailable })) };
  };
  const rateOf = (...snapshots: Snapshot[]) =>
    errorPercent(
      snapshots.reduce<readonly CounterMark[]>((marks, one) => addMark(marks, one), []),
      'users',
    );

  it.each<[string, Snapshot[], number]>([
    ['counts what failed and what was answered 500', [at(0, 0, 0), at(1_000, 40, 5)], 25],
    ['counts requests that found no backend', [at(0, 0, 0), at(1_000, 0, 0, 8)], 100],
    ['is about the last three seconds', [at(0, 0, 0), at(1_000, 10, 5), at(4_500, 20, 5)], 0],
    ['is nothing without requests', [at(0, 10, 5), at(1_000, 10, 5)], 0],
    ['is nothing at first', [at(0, 10, 5)], 0],
    ['starts anew after a reset', [at(0, 90, 40), at(1_000, 0, 0), at(2_000, 10, 1)], 20],
  ])('%s', (_name, snapshots, percent) => expect(rateOf(...snapshots)).toBe(percent));
});

it('a batch changes what it names and leaves the rest as it is', () => {
  const before = snapshotOf([backend('a'), backend('b')]);
  const counters = { ...backend('a').counters, requests: 5 };
  const after = applyBatch(before, {
    seq: 2,
    at: 100_250,
    counters: [{ pool: 'users', backend: 'a', counters }],
    standings: [],
    pools: [
      { name: 'users', isTryingAnyway: false, triedAnyway: 0, unavailable: 1, waiting: 0, latency: null },
    ],
    seconds: [bucket(99, [1, 1])],
    events: [],
    tunnels: { count: 0, newest: [] },
    log: null,
  });
  expect(after).toMatchObject({ seq: 2, at: 100_250 });
  expect(after.pools[0]?.backends[0]?.counters.requests).toBe(5);
  expect(after.pools[0]?.backends[1]).toBe(before.pools[0]?.backends[1]);
  expect([after.pools[0]?.unavailable, after.seconds.length]).toEqual([1, 1]);
});

it.each<[Partial<BackendSnapshot>, string, string]>([
  [{}, 'ok', 'HEAD / → 200, 1.2 ms'],
  [
    { health: { health: 'down', reason: 'connection refused', since: 96_000 } },
    'bad',
    'down 4 s: connection refused',
  ],
  [{ health: { health: 'unknown', reason: '', since: 0 } }, 'unknown', 'checking…'],
  [{ health: { health: 'unknown', reason: 'not checked', since: 0 } }, 'unknown', 'not checked'],
  [{ admin: 'disabled' }, 'off', 'off by you'],
  [{ admin: 'disabled', health: { health: 'down', reason: 'x', since: 0 } }, 'off', 'off by you'],
  [{ forced: 'down' }, 'bad', 'forced down by you; its checks say up'],
  [
    { forced: 'up', health: { health: 'down', reason: 'x', since: 0 } },
    'ok',
    'forced up by you; its checks say down',
  ],
  [{ slowStart: { since: 99_000, until: 104_000 } }, 'ok', 'back, its share rises for 4 s'],
  [
    { admin: 'draining', drainEndsAt: 112_000, counters: { ...backend('a').counters, inFlight: 2 } },
    'off',
    'draining, 2 in flight, cut in 12 s',
  ],
  [{ admin: 'draining' }, 'off', 'draining, 0 in flight'],
])('%j stands as %s: %s', (change, tone, words) => {
  expect(standingOf(backend('a', change), 100_000)).toEqual({ tone, words });
});

it('numbers carry their units', () => {
  expect([formatMs(1.234), formatMs(123.4), formatMs(12_345)]).toEqual(['1.2 ms', '123 ms', '12.3 s']);
  expect([formatAge(4_000), formatAge(180_000), formatAge(7_200_000)]).toEqual(['4 s', '3 min', '2 h']);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [9_949, '9.9 kB'],
  [34_400, '34 kB'],
  [999_950, '1.0 MB'],
  [12_345_678_901, '12 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
