import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';
import { drawDelay } from '../../../../electron/engine/faults/latency.ts';
import { type FaultOf, faultSchema } from '../../../../shared/config/fault-schema.ts';

function latencyOf(text: string): FaultOf<'latency'> {
  const fault = faultSchema.parse(text);
  if (fault.type !== 'latency') throw new Error('not a latency');
  return fault;
}

function draws(text: string, count = 20_000): number[] {
  const fault = latencyOf(text);
  const random = seededRandom(7);
  return Array.from({ length: count }, () => drawDelay(fault, random)).sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

describe('how long a latency holds back', () => {
  it('is just what it says without jitter', () => {
    for (const distribution of ['uniform', 'normal', 'pareto'])
      expect(new Set(draws(`latency 200ms distribution=${distribution}`, 100))).toEqual(new Set([200]));
  });

  it('is even between its ends: every tenth of the range has its tenth, by χ²', () => {
    const sorted = draws('latency 200ms±40ms');
    expect(sorted[0]).toBeGreaterThanOrEqual(160);
    expect(sorted.at(-1)).toBeLessThan(240);
    const bins = new Array<number>(10).fill(0);
    for (const one of sorted)
      bins[Math.floor((one - 160) / 8)] = (bins[Math.floor((one - 160) / 8)] ?? 0) + 1;
    const chi2 = bins.reduce((sum, seen) => sum + (seen - 2_000) ** 2 / 2_000, 0);
    // 99.9 % of true uniforms stay below, at 9 degrees of freedom.
    expect(chi2).toBeLessThan(27.9);
  });

  it('is normal around its middle', () => {
    const sorted = draws('latency 200ms±40ms distribution=normal');
    expect(quantile(sorted, 0.5)).toBeCloseTo(200, -1);
    expect(quantile(sorted, 0.1587)).toBeCloseTo(160, -1);
    expect(quantile(sorted, 0.8413)).toBeCloseTo(240, -1);
  });

  it('has a long tail and a floor by Pareto', () => {
    const sorted = draws('latency 200ms±40ms distribution=pareto');
    expect(sorted[0]).toBeGreaterThanOrEqual(200);
    expect(quantile(sorted, 0.5)).toBeCloseTo(200 + 40 * (0.5 ** (-1 / 3) - 1), 0);
    expect(quantile(sorted, 0.99) / (200 + 40 * (0.01 ** (-1 / 3) - 1))).toBeCloseTo(1, 1);
  });

  it('is never negative', () => {
    expect(draws('latency 10ms±40ms')[0]).toBe(0);
    expect(draws('latency 10ms±40ms distribution=normal')[0]).toBe(0);
  });
});
