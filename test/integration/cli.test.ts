import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { CliBench } from '../support/cli-run.ts';
import { until } from '../support/until.ts';

let bench: CliBench;
let backend: BackendProcess;
beforeEach(async () => {
  bench = new CliBench();
  backend = await new BackendProcess('b').start();
});
afterEach(async () => {
  await bench.stop();
  await backend.kill();
});

/** A second, on a machine where Node takes some 50 ms to start; where it takes longer, so may this. */
const MOST_STARTS = 20;

/** What a Node takes that has nothing to do, beside whatever else runs. */
async function bareStartMs(): Promise<number> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - startedAt;
}

const cli = (...args: string[]) => bench.run(...args);
const config = (value: object | string) => bench.config(value);

const plain = (change: object = {}) => ({
  port: '127.0.0.1:0',
  healthCheckInterval: '100ms',
  servers: [backend.url],
  ...change,
});

describe('serve', () => {
  it('says that it is ready, balances, and stops on SIGTERM with 0', async () => {
    const run = cli('serve', '--config', config(plain()));
    const url = await run.listening();
    expect(run.out).toBe(`listening on ${url} → 1 backend (round-robin)\n`);
    expect(await (await fetch(`${url}/x`)).text()).toBe('b GET /x\n');
    run.child.kill('SIGTERM');
    expect(await run.exited).toBe(0);
  });

  it('tells what happens to a backend, and why', async () => {
    const run = cli('serve', '--config', config(plain()));
    await run.listening();
    await backend.kill();
    // The last of the three when the process dies with a probe in its hands.
    await run.says(/is down: connection (refused|reset|closed without an answer)/);
    await backend.start();
    await run.says(/is back after \d/);
  });

  it('--json makes every line an object', async () => {
    const run = cli('serve', '--json', '--config', config(plain()));
    await until('it listens', () => run.out.includes('\n'));
    await backend.kill();
    await until('it says down', () => run.err.includes('backend-down'));
    const lines = `${run.out}${run.err}`
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ event: 'listening', backends: 1, policy: 'round-robin' });
    expect(lines.at(-1)).toMatchObject({ event: 'backend-down', backend: backend.url.slice(7) });
  });

  it('reads the config again when it is saved, and on SIGHUP', async () => {
    const other = await new BackendProcess('other').start();
    const path = config(plain());
    const run = cli('serve', '--config', path);
    const url = await run.listening();
    config(plain({ servers: [other.url] }));
    await run.says(/config reloaded/);
    expect(await (await fetch(url)).text()).toContain('other');
    run.child.kill('SIGHUP');
    config('{ "servers": [] }');
    await until('it refuses', () =>
      run.err.includes('config not reloaded, the old one stays: servers: [] is empty'),
    );
    expect(await (await fetch(url)).text()).toContain('other');
    await other.kill();
  });

  it('finishes what is in flight before it ends', async () => {
    let hasAsked = false;
    const slow = createServer((request, response) => {
      hasAsked ||= request.method === 'GET';
      setTimeout(() => response.end('late'), 300);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const address = slow.address();
    const run = cli(
      'serve',
      '--config',
      config(plain({ servers: [`http://127.0.0.1:${typeof address === 'object' && address?.port}`] })),
    );
    const answer = fetch(await run.listening());
    await until('the backend has the request', () => hasAsked);
    run.child.kill('SIGINT');
    expect(await (await answer).text()).toBe('late');
    expect(await run.exited).toBe(0);
    slow.close();
  });

  it('--demo runs five backends of its own', async () => {
    const run = cli('serve', '--demo');
    const url = await run.listening();
    expect(run.out).toContain('→ 5 backends (round-robin)');
    expect(await (await fetch(url)).text()).toContain('demo-');
  });
});

describe('what is wrong is said in one line within a second, and the exit code is not 0', () => {
  it.each<[string, () => string[], RegExp]>([
    ['an unknown flag', () => ['serve', '--confg', 'x'], /^switchyard: .*--confg.*see switchyard --help$/],
    [
      'an unknown command',
      () => ['dance'],
      /^switchyard: "dance" is not a command; the commands are serve, run, check, import, status, .* and reload$/,
    ],
    ['no config', () => ['serve'], /^switchyard: serve needs --config FILE/],
    [
      'a missing file',
      () => ['serve', '--config', join(bench.folder, 'none.json')],
      /none\.json does not exist\.$/,
    ],
    ['a folder', () => ['serve', '--config', bench.folder], /is a folder, not a file\.$/],
    [
      'a file that is not JSON',
      () => ['serve', '--config', config('servers: [a]')],
      /^switchyard: Line 1, column 1: /,
    ],
    [
      'a bad config',
      () => ['serve', '--config', config({ servers: ['localhost:1'] })],
      /^switchyard: servers\[0\]: "localhost:1" has no scheme; write "http:\/\/localhost:1" \(.*config\.json:1:13\)$/,
    ],
    [
      'a config with more than one mistake',
      () => ['serve', '--config', config({ port: 'x', servers: [], polcy: 1 })],
      /^switchyard: port: "x" is not .*, and 2 more: switchyard check --config .*config\.json$/,
    ],
    [
      'a file without its flag',
      () => ['serve', 'config.json'],
      /^switchyard: "config\.json" is one word too many; write --config config\.json$/,
    ],
    [
      'a flag without its file',
      () => ['serve', '--config', ''],
      /^switchyard: --config needs the name of a file/,
    ],
    [
      'a bad flag for a program',
      () => ['serve', '--json', '--bad'],
      /^\{"event":"error","message":"Unknown option '--bad'; see switchyard --help"\}$/,
    ],
    [
      'a bad config for a program',
      () => ['serve', '--json', '--config', config({ servers: [] })],
      /^\{"event":"error","message":"servers: \[\] is empty; .*","issues":\[".*"\]\}$/,
    ],
    [
      'a bad config, checked',
      () => ['check', '--config', config({ servers: [] })],
      /^switchyard: servers: \[\] is empty/,
    ],
  ])('%s', async (_name, args, line) => {
    const startedAt = performance.now();
    const bare = bareStartMs();
    const run = cli(...args());
    expect(await run.exited).not.toBe(0);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeLessThan(Math.max(1_000, MOST_STARTS * (await bare)));
    expect(run.err.trim()).toMatch(line);
    expect(run.err.trim().split('\n')).toHaveLength(1);
  });

  it('a port in use', async () => {
    const run = cli('serve', '--config', config(plain({ port: `127.0.0.1:${backend.port}` })));
    expect(await run.exited).not.toBe(0);
    expect(run.err).toBe(
      `switchyard: 127.0.0.1:${backend.port} is already in use; stop what listens there, or choose another port.\n`,
    );
  });
});

it('check says all that is wrong, one line each', async () => {
  const run = cli('check', '--config', config('{\n "port": "x",\n "servers": []\n}'));
  expect(await run.exited).toBe(1);
  expect(run.err).toMatch(
    /^switchyard: port: "x" .*config\.json:2:10\)\nswitchyard: servers: \[\] .*config\.json:3:13\)\n$/,
  );
});

it('check says that a config is valid, and how the command is used', async () => {
  const path = config(`// mine\n${JSON.stringify(plain())}`);
  const run = cli('check', '--config', path);
  expect(await run.exited).toBe(0);
  expect(run.out).toBe(`${path} is valid\n`);
  const help = cli('--help');
  expect(await help.exited).toBe(0);
  expect(help.out).toContain('switchyard serve --config FILE');
  const version = cli('--version');
  expect(await version.exited).toBe(0);
  expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
