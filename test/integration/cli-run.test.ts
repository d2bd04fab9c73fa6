import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { CliBench } from '../support/cli-run.ts';

let bench: CliBench;
let backends: BackendProcess[];
beforeEach(async () => {
  bench = new CliBench();
  backends = [await new BackendProcess('a').start(), await new BackendProcess('b').start()];
});
afterEach(async () => {
  await bench.stop();
  for (const backend of backends) await backend.kill();
});

function config(scenarios: object): string {
  const servers = backends.map(({ url, name }) => ({ url, name }));
  return bench.config({
    listeners: [{ address: '127.0.0.1:0', defaultPool: 'p' }],
    pools: { p: { servers, healthCheck: { interval: '100ms' } } },
    scenarios,
  });
}

/** A client in a process of its own: so many requests one after the other, and then its exit code. */
function client(requests: number, pauseMs: number, exitCode: number): string {
  const path = join(bench.folder, 'client.mjs');
  writeFileSync(
    path,
    `const statuses = [];
for (let turn = 0; turn < ${requests}; turn++) {
  statuses.push((await fetch(process.env.SWITCHYARD_URL)).status);
  await new Promise((resolve) => setTimeout(resolve, ${pauseMs}));
}
console.log(statuses.filter((status) => status === 200).length);
process.exit(${exitCode});
`,
  );
  return path;
}

const run = (path: string, ...args: string[]) => bench.run('run', '--config', path, ...args);
const reportPath = () => join(bench.folder, 'report.json');
const report = () => JSON.parse(readFileSync(reportPath(), 'utf8'));

describe('switchyard run', () => {
  it('runs a command while the scenario plays, reports, and exits as the command did', async () => {
    const path = config({ crash: { seed: 7, steps: ['at 200ms: a crash', 'at 900ms: restore'] } });
    const args = ['--scenario', 'crash', '--report', reportPath(), '--', process.execPath, client(60, 25, 3)];
    const running = run(path, ...args);
    expect(await running.exited).toBe(3);
    expect(running.out).toBe('60\n');
    expect(running.err).toMatch(/p\/a has faults from now on: crash/);
    expect(running.err).toMatch(/1 incident: 0 requests failed, \d+ rescued; the report is in /);
    const { scenario, seed, command, steps, pools, incidents } = report();
    expect([scenario, seed, command.exitCode, command.argv[0]]).toEqual(['crash', 7, 3, process.execPath]);
    expect(steps.map(({ words }: { words: string }) => words)).toEqual([
      'a crash',
      'restore',
      'its last step is done',
    ]);
    expect(steps[0].atMs).toBeGreaterThanOrEqual(199);
    const [a, b] = pools[0].backends;
    expect([a.name, b.name]).toEqual(['a', 'b']);
    expect(a.requests).toBeLessThan(b.requests);
    expect(b.errors).toBe(0);
    expect(incidents).toMatchObject([
      { pool: 'p', backend: 'a', cause: 'crash', isSimulated: true, clientErrors: 0 },
    ]);
    expect(incidents[0].detectedAfterMs).toBeLessThan(600);
    expect(incidents[0].recoveredAfterMs).toBeGreaterThan(650);
  });

  it('judges by the limits of the scenario, and writes the report in every form asked for', async () => {
    const steps = ['at 0s: a crash'];
    const path = config({
      good: { steps, limits: { clientErrors: 0, timeToDetect: '30s', p95: '30s' } },
      bad: {
        steps: ['at 0s: a error 500 affects=traffic', 'at 0s: b error 500 affects=traffic'],
        limits: { errorRate: 0.1 },
      },
    });
    const files = ['report.html', 'report.xml', 'report.json'].map((name) => join(bench.folder, name));
    const reports = files.flatMap((file) => ['--report', file]);
    const node = (exitCode: number) => ['--', process.execPath, client(10, 5, exitCode)];
    const good = run(path, '--scenario', 'good', ...reports, ...node(0));
    expect(await good.exited).toBe(0);
    expect(good.err).toContain('scenario good passed: all 4 limits were kept');
    expect(report()).toMatchObject({ verdict: 'passed', clients: { requests: 10, errors: 0 } });
    const [html = '', xml = ''] = files.map((file) => readFileSync(file, 'utf8'));
    expect(html).toContain('✓ Passed');
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('failures="0"');

    const bad = run(path, '--scenario', 'bad', ...reports, ...node(0));
    expect(await bad.exited).toBe(3);
    expect(bad.err).toMatch(/scenario bad failed: error rate \d+ %: \d+ of 10 requests, wanted 10 % at most/);
    // What the command says of itself comes first.
    const both = run(path, '--scenario', 'bad', ...reports, ...node(7));
    expect(await both.exited).toBe(7);
    expect(report()).toMatchObject({ verdict: 'failed', command: { exitCode: 7 } });
  });

  it('says that a command cannot be run, and which scenarios there are', async () => {
    const path = config({ crash: ['at 0s: a crash'] });
    const missing = run(path, '--scenario', 'crash', '--report', reportPath(), '--', '/no/such/command');
    expect(await missing.exited).toBe(127);
    expect(missing.err).toContain('switchyard: /no/such/command cannot be run: ');
    const unknown = run(path, '--scenario', 'crahs', '--', 'true');
    expect(await unknown.exited).toBe(2);
    expect(unknown.err).toContain('switchyard: there is no scenario "crahs"; did you mean "crash"?');
  });

  it.each([
    [['--scenario', 'x'], 'run needs a command behind --'],
    [['--', 'true'], 'run needs --scenario NAME'],
    [['--scenario', 'x', '--seed', '-1', '--', 'true'], '--seed'],
    [['--scenario', 'x', '--json', '--', 'true'], 'run takes no --json'],
    [
      ['--scenario', 'x', '--report', 'r.txt', '--', 'true'],
      '--report "r.txt" does not say how; let its name end with .json, .html, .xml',
    ],
  ])('wants to be called rightly: %j', async (args, words) => {
    const running = run('c.json', ...args);
    expect(await running.exited).toBe(2);
    expect(running.err).toContain(words);
  });

  it('ends with the signal its command ended with', async () => {
    const path = config({ crash: ['at 0s: a crash'] });
    const args = ['--scenario', 'crash', '--report', reportPath(), '--', process.execPath];
    const running = run(path, ...args, '-e', 'process.kill(process.pid, "SIGKILL")');
    expect(await running.exited).toBe(137);
    expect(report().command.exitCode).toBe(137);
  });
});

it('serve plays a scenario too', async () => {
  const path = config({ crash: ['at 0s: a crash', 'at 300ms: restore a'] });
  const running = bench.run('serve', '--config', path, '--scenario', 'crash');
  await running.says(/scenario crash: a crash/);
  await running.says(/scenario crash: its last step is done/);
  await running.says(/p\/a is back/);
});
