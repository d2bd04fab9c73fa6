import { expect, it } from 'vitest';
import { loadBench } from './load-bench.ts';

const { median, medianOf, cpuRatio, bestCpuRatio } = await loadBench('figures.mjs');
const { judge } = await loadBench('guard.mjs');
const { cpuNumbers } = await loadBench('cpus.mjs');

const rounds = (...cpus: number[]) =>
  cpus.map((cpuMicros) => ({ cpuMicros, perSecond: 1, p50Ms: 1, p99Ms: 1, rssMb: 1 }));
const figures = new Map([
  ['switchyard', rounds(90, 30, 40)],
  ['http-proxy', rounds(100, 120, 400)],
]);

it.each([
  [[], 0],
  [[7], 7],
  [[3, 100, 1], 3],
  [[10, 9, 2, 1], 9],
])('takes the middle of %j', (values, middle) => {
  const before = [...values];
  expect(median(values)).toBe(middle);
  expect(values).toEqual(before);
});

it('tells what was not measured from nothing', () => {
  expect(medianOf(undefined, 'cpuMicros')).toBe(null);
  expect(medianOf([], 'cpuMicros')).toBe(null);
  expect(medianOf(figures.get('switchyard'), 'cpuMicros')).toBe(40);
});

it('divides medians, and cheapest rounds', () => {
  expect(cpuRatio(figures, 'switchyard', 'http-proxy')).toBeCloseTo(40 / 120);
  expect(bestCpuRatio(figures, 'switchyard', 'http-proxy')).toBeCloseTo(30 / 100);
  expect(cpuRatio(figures, 'switchyard', 'nginx')).toBe(null);
  expect(cpuRatio(undefined, 'switchyard', 'nginx')).toBe(null);
  expect(bestCpuRatio(figures, 'switchyard', 'nginx')).toBe(null);
  expect(bestCpuRatio(figures, 'nginx', 'switchyard')).toBe(null);
});

it('fails above the limit, and when there is nothing to judge', () => {
  expect(judge(0.5, 0.5)).toEqual({
    isGood: true,
    text: 'A request takes 0.50 × the CPU it takes http-proxy, within the limit of 0.5 ×.',
  });
  expect(judge(0.62, 0.5)).toEqual({
    isGood: false,
    text: 'A request takes 0.62 × the CPU it takes http-proxy, above the limit of 0.5 ×.',
  });
  expect(judge(null, 0.5).isGood).toBe(false);
});

it.each([
  ['0-1', [0, 1]],
  ['2', [2]],
  ['0,4-6,9', [0, 4, 5, 6, 9]],
  ['', []],
])('reads the cores in "%s"', (list, cores) => {
  expect(cpuNumbers(list)).toEqual(cores);
});
