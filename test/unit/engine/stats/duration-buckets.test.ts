import { expect, it } from 'vitest';
import { DurationBuckets } from '../../../../electron/engine/stats/duration-buckets.ts';
import { DURATION_BOUNDS_MS } from '../../../../shared/config/durations.ts';

it('counts a duration in the first bucket whose bound it does not pass', () => {
  const buckets = new DurationBuckets();
  for (const ms of [0, 1, 1.5, 2.5, 2_500.1, 30_000, 30_001]) buckets.record(ms);
  const { counts, sumMs } = buckets.totals();
  expect(counts).toHaveLength(DURATION_BOUNDS_MS.length + 1);
  expect(counts).toEqual([2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1]);
  expect(sumMs).toBeCloseTo(62_506.1);
  buckets.reset();
  expect(buckets.totals()).toEqual({ sumMs: 0, counts: counts.map(() => 0) });
});
