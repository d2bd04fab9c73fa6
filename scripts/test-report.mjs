import { readFileSync } from 'node:fs';
import { SetupError } from './processes.mjs';

/**
 * How many tests passed, out of Vitest's report. A run in which none did is a failure, whatever its exit code: all
 * of them skipped is not a pass.
 *
 * @param {string} path of a JSON report
 */
export function countTests(path) {
  const { numPassedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(path, 'utf8'));
  const skipped = numPendingTests + numTodoTests;
  if (skipped > 0) console.log(`${skipped} skipped`);
  if (numPassedTests === 0) throw new SetupError('No test ran, which is not a pass.');
  return Number(numPassedTests);
}
