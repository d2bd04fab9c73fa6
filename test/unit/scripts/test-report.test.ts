import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { countTests } = await loadScript('test-report.mjs');

const folder = mkdtempSync(join(tmpdir(), 'switchyard-report-'));
const path = join(folder, 'report.json');
afterAll(() => rmSync(folder, { recursive: true }));

const report = (numPassedTests: number) =>
  writeFileSync(path, JSON.stringify({ numPassedTests, numPendingTests: 0, numTodoTests: 0 }));

it('counts what passed', () => {
  report(12);
  expect(countTests(path)).toBe(12);
});

it('takes a run in which nothing ran for a failure', () => {
  report(0);
  expect(() => countTests(path)).toThrow('not a pass');
});
