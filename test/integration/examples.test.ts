import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/failure-rehearsal');
const bench = new CliBench();
afterEach(() => bench.stop());

it('the tests of the failure rehearsal pass while their service fails', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-example-')), 'report.json');
  const rehearsal = [
    '--config',
    join(EXAMPLE, 'switchyard.jsonc'),
    '--scenario',
    'bad-deploy',
    '--report',
    path,
  ];
  const tests = [process.execPath, '--test', join(EXAMPLE, 'users.test.mjs')];
  const running = bench.run('run', ...rehearsal, '--allow-commands', '--', ...tests);
  expect(await running.exited, running.out + running.err).toBe(0);
  const report = JSON.parse(readFileSync(path, 'utf8'));
  expect(report.verdict, JSON.stringify(report.limits)).toBe('passed');
  expect(report.steps.map(({ words }: { words: string }) => words)).toEqual([
    'kill users-2',
    'users-1 latency 100ms±50ms',
    'users-3 crash',
    'restore',
    'its last step is done',
  ]);
  const named = report.incidents.map(
    ({ backend, clientErrors }: { backend: string; clientErrors: number }) => [backend, clientErrors],
  );
  expect(named).toContainEqual(['users-2', 0]);
  expect(named).toContainEqual(['users-3', 0]);
}, 60_000);
