import { expect, it } from 'vitest';
import { loadBench } from './load-bench.ts';

const { report } = await loadBench('report.mjs');
const { summary, TARGETS } = await loadBench('targets.mjs');

const round = (cpuMicros: number) => ({ cpuMicros, perSecond: 12_345.6, p50Ms: 1, p99Ms: 2.5, rssMb: 99.6 });
const small = new Map([
  ['switchyard', [round(30), round(50), round(40)]],
  ['switchyard-electron', [round(60)]],
  ['http-proxy', [round(160)]],
  ['nginx', [round(16)]],
]);
const facts = { rounds: 3, seconds: 2, isPinned: true, versions: ['nginx 1.2.3'], loadBefore: 0.1 };
const linesOf = (text: string, start: string) => text.split('\n').filter((line) => line.startsWith(start));

it('marks each target by what was reached, and says what was not measured', () => {
  const text: string = summary({ tables: new Map([['60b', small]]) });
  expect(linesOf(text, '| 60 B')).toEqual([
    '| 60 B, 64 connections: CPU per request against http-proxy | ≤ 0.25 × | 0.25 × | ✓ |',
    '| 60 B, 64 connections: CPU per request against go | ≤ 0.25 × | not measured |  |',
    '| 60 B, 64 connections: CPU per request against nginx | ≤ 2 × | 2.50 × | ✗ |',
    "| 60 B, 64 connections: CPU per request in Electron's worker against nginx | ≤ 2.5 × | 3.75 × | ✗ |",
  ]);
  expect(text.split('\n').length).toBe(TARGETS.length + 3);
});

it('judges memory, watching and half load', () => {
  const text: string = summary({
    tables: new Map([['60b-1024', small]]),
    soak: [
      { requests: 250_000, rssMb: 90 },
      { requests: 500_000, rssMb: 100 },
      { requests: 750_000, rssMb: 120 },
    ],
    watching: { unwatchedMicros: 50, watchedMicros: 51 },
    halfLoad: new Map([['switchyard', [{ perSecond: 1, directMs: 0.5, proxiedMs: 1.25 }]]]),
  });
  expect(linesOf(text, '| memory')).toEqual([
    '| memory at 1,024 connections | ≤ 150 MB | 99.60 MB | ✓ |',
    '| memory after 2 million requests against 500,000 | ≤ 1.1 × | 1.20 × | ✗ |',
  ]);
  expect(text).toContain('unwatched | ≤ 1.05 × | 1.02 × | ✓ |');
  expect(text).toContain('half load | ≤ 1 ms | 0.75 ms | ✓ |');
});

it('shows medians and both ratios of every peer', () => {
  const text: string = report({ tables: new Map([['60b', small]]) }, facts);
  expect(text).toContain('## 60 B answers, 64 connections\n');
  expect(linesOf(text, '| switchyard |')).toEqual([
    '| switchyard | 40.0 |  | 1.50 × | 12,346 | 1.00 | 2.50 | 100 |',
  ]);
  expect(linesOf(text, '| nginx |')).toEqual([
    '| nginx | 16.0 | 2.50 × | 3.75 × | 12,346 | 1.00 | 2.50 | 100 |',
  ]);
});

it('has a section for nothing that was not measured', () => {
  const text: string = report(
    { tables: new Map(), watching: { unwatchedMicros: 50, watchedMicros: 51 } },
    facts,
  );
  expect(linesOf(text, '## ')).toEqual(['## While somebody watches']);
});
