import { expect, it } from 'vitest';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';

const draws = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

it('gives the same numbers for the same seed, and others for another', () => {
  expect(draws(42, 100)).toEqual(draws(42, 100));
  expect(draws(42, 100)).not.toEqual(draws(43, 100));
});

it('spreads them evenly from 0 up to 1: χ² over a hundred bins', () => {
  const bins = new Array<number>(100).fill(0);
  const all = draws(1, 100_000);
  expect(all.filter((one) => one < 0 || one >= 1)).toEqual([]);
  for (const one of all) bins[Math.floor(one * 100)] = (bins[Math.floor(one * 100)] ?? 0) + 1;
  const chi2 = bins.reduce((sum, seen) => sum + (seen - 1_000) ** 2 / 1_000, 0);
  // 99.9 % of true uniforms stay below, at 99 degrees of freedom.
  expect(chi2).toBeLessThan(148.2);
});
