import { describe, expect, it } from 'vitest';
import { Latencies } from '../../../../electron/services/traffic/latencies.ts';
import {
  bucketStartMs,
  LATENCY_BUCKETS,
  latencyBucket,
  latencyPosition,
} from '../../../../shared/view/traffic.ts';

describe('the buckets', () => {
  it.each([
    [0, 0],
    [0.1, 0],
    [0.13, 1],
    [1, 12],
    [1.3, 13],
    [10.1, 24],
    [99_000, 71],
    [500_000, 71],
  ])('%f ms is in bucket %i', (ms, bucket) => {
    expect(latencyBucket(ms)).toBe(bucket);
  });

  it('begin where they are said to', () => {
    for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
      const start = bucketStartMs(bucket);
      expect(latencyBucket(start * 1.001)).toBe(bucket);
      expect(latencyPosition(start)).toBeCloseTo(bucket);
    }
  });
});

it('knows percentiles to three digits, and counts every one in a bucket', () => {
  const latencies = new Latencies();
  expect(latencies.summary()).toBeNull();
  for (let ms = 1; ms <= 1_000; ms++) latencies.record(ms);
  const summary = latencies.summary();
  expect(summary?.p50Ms).toBeCloseTo(500, -1);
  expect(summary?.p90Ms).toBeCloseTo(900, -1);
  expect(summary?.p99Ms).toBeCloseTo(990, -1);
  expect(summary?.maxMs).toBeCloseTo(1_000, -1);
  expect(summary?.buckets.reduce((sum, count) => sum + count, 0)).toBe(1_000);
});
