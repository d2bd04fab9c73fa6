import { expect, it } from 'vitest';
import { HeadSampler } from '../../../../electron/engine/http/record/head-sampler.ts';

/** How many of so many were chosen in each quarter of a second. */
function chosen(periods: readonly number[]): { counts: number[]; gaps: number[] } {
  let now = 0;
  const sampler = new HeadSampler(() => now);
  const gaps: number[] = [];
  const counts = periods.map((wanted) => {
    let count = 0;
    let gap = 0;
    for (let one = 0; one < wanted; one++) {
      gap++;
      if (!sampler.takes()) continue;
      gaps.push(gap);
      gap = 0;
      count++;
    }
    now += 250;
    return count;
  });
  return { counts, gaps };
}

it('chooses everyone while there are few', () => {
  expect(chosen([3, 80, 0, 1]).counts).toEqual([3, 80, 0, 1]);
});

it('chooses as many of many as of few, evenly spread, from the second quarter of a second on', () => {
  const { counts, gaps } = chosen([8_000, 8_000, 8_000]);
  expect(counts).toEqual([8_000, 80, 80]);
  expect(new Set(gaps.slice(8_001))).toEqual(new Set([1, 100]));
});

it('chooses everyone again after a while in which nobody came', () => {
  expect(chosen([8_000, 8_000, 0, 40]).counts).toEqual([8_000, 80, 0, 40]);
});
