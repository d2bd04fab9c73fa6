import { describe, expect, it } from 'vitest';
import { BackendStats, LatencyHistogram } from '../../../../electron/engine/stats/backend-stats.ts';
import { Ring } from '../../../../electron/engine/stats/ring.ts';
import { SecondSeries } from '../../../../electron/engine/stats/second-series.ts';

const outcome = (status: number, hasFailed = false, durationMs = 1) => ({
  status,
  hasFailed,
  durationMs,
  bytesIn: 2,
  bytesOut: 3,
});

describe('BackendStats', () => {
  it('counts requests, classes, errors and bytes', () => {
    const stats = new BackendStats();
    for (const one of [outcome(200), outcome(404), outcome(503), outcome(0, true)]) {
      stats.started();
      stats.ended(one);
    }
    expect(stats.counters(7)).toMatchObject({
      requests: 4,
      inFlight: 7,
      byClass: [0, 1, 0, 1, 1],
      errors: 1,
      bytesIn: 8,
      bytesOut: 12,
    });
  });

  it('has no latency before the first answer, and none after a reset', () => {
    const stats = new BackendStats();
    stats.ended(outcome(0, true));
    expect(stats.counters(0).latency).toBeNull();
    stats.ended(outcome(200));
    expect(stats.counters(0).latency).not.toBeNull();
    stats.reset();
    expect(stats.counters(0)).toMatchObject({ requests: 0, errors: 0, latency: null });
  });
});

it('percentiles are within a thousandth of the truth', () => {
  const histogram = new LatencyHistogram();
  for (let ms = 1; ms <= 1_000; ms++) histogram.record(ms);
  const summary = histogram.summary();
  expect(summary?.p50Ms).toBeCloseTo(500, -1);
  expect(summary?.p95Ms).toBeCloseTo(950, -1);
  expect(summary?.p99Ms).toBeCloseTo(990, -1);
});

describe('SecondSeries', () => {
  it('closes a second when it has passed, and leaves out the silent ones', () => {
    const series = new SecondSeries('p');
    series.started('a', 10_100);
    series.started('b', 10_200);
    series.started('a', 10_900);
    series.ended('a', true, 5, 11_000);
    series.roll(14_000);
    expect(series.since(0)).toEqual([
      { second: 10, pool: 'p', backends: ['a', 'b'], requests: [2, 1], errors: [0, 0], latency: null },
      { second: 11, pool: 'p', backends: ['a'], requests: [0], errors: [1], latency: null },
    ]);
    expect(series.since(10)).toHaveLength(1);
  });

  it('keeps fifteen minutes', () => {
    const series = new SecondSeries('p');
    for (let second = 1; second <= 1_000; second++) series.started('a', second * 1_000);
    series.roll(1_001_000);
    expect(series.since(0)).toHaveLength(900);
    expect(series.since(0)[0]?.second).toBe(101);
  });

  it('has the percentiles of each second', () => {
    const series = new SecondSeries('p');
    for (let ms = 1; ms <= 100; ms++) series.ended('a', false, ms, 1_000);
    series.roll(2_000);
    const { p50Ms = 0, p95Ms = 0, p99Ms = 0 } = series.since(0)[0]?.latency ?? {};
    expect([p50Ms, p95Ms, p99Ms].map(Math.round)).toEqual([50, 95, 99]);
  });

  it('keeps the names of its backends once, in whatever order they get their requests', () => {
    const series = new SecondSeries('p');
    for (const [second, names] of [
      [1, ['a', 'b']],
      [2, ['b', 'a']],
    ] as const)
      for (const name of names) series.started(name, second * 1_000);
    series.roll(3_000);
    const [first, next] = series.since(0);
    expect(next?.backends).toBe(first?.backends);
    expect(next?.errors).toBe(first?.errors);
  });
});

describe('SecondSeries when traffic and the clock are odd', () => {
  it('an answer in a second without new requests is part of that second, and of no other', () => {
    const series = new SecondSeries('p');
    series.started('slow', 10_000);
    series.ended('slow', false, 2_000, 12_000);
    series.started('quick', 13_000);
    series.ended('quick', false, 1, 13_500);
    series.roll(14_000);
    expect(series.since(10)).toMatchObject([
      {
        second: 12,
        backends: ['slow'],
        requests: [0],
        errors: [0],
        latency: { p95Ms: expect.closeTo(2_000, -1) },
      },
      { second: 13, backends: ['quick'], requests: [1], latency: { p95Ms: expect.closeTo(1, 1) } },
    ]);
  });

  it('after fifteen silent minutes there is nothing left', () => {
    const series = new SecondSeries('p');
    series.started('a', 10_000);
    series.roll(910_000);
    expect(series.since(0)).toHaveLength(1);
    series.roll(911_000);
    expect(series.since(0)).toEqual([]);
  });

  it('a clock that is set back leaves no seconds ahead of it', () => {
    const series = new SecondSeries('p');
    for (const second of [100, 101, 102, 50, 51]) series.started('a', second * 1_000);
    series.roll(52_000);
    expect(series.since(0).map((bucket) => bucket.second)).toEqual([50, 51]);
  });

  it('a clock that leaps ahead, as after sleep, begins anew', () => {
    const series = new SecondSeries('p');
    for (const second of [100, 101, 9_000]) series.started('a', second * 1_000);
    series.roll(9_001_000);
    expect(series.since(0).map((bucket) => bucket.second)).toEqual([9_000]);
  });
});

describe('Ring', () => {
  it('keeps the last ones, oldest first', () => {
    const ring = new Ring<number>(3);
    for (const one of [1, 2, 3, 4, 5]) ring.push(one);
    expect([ring.all(), ring.since(0), ring.since(4), ring.since(5)]).toEqual([
      [3, 4, 5],
      [3, 4, 5],
      [5],
      [],
    ]);
  });
});
