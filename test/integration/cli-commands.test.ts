import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../electron/engine/balancing/seeded-random.ts';
import { CliBench, type CliRun } from '../support/cli-run.ts';
import { killHard, processesWith } from '../support/processes.ts';
import { SERVICE_COMMAND } from '../support/supervised.ts';
import { until } from '../support/until.ts';

let bench: CliBench;
let mark: string;
beforeEach(() => {
  bench = new CliBench();
  mark = `SWITCHYARD_TEST_MARK=${crypto.randomUUID()}`;
});
afterEach(async () => {
  await bench.stop();
  await until('no process is left', () => processesWith(mark).length === 0);
});

const own = () => ({ SWITCHYARD_TEST_MARK: mark.split('=')[1] ?? '' });
const users = (changes: object = {}) => ({
  command: SERVICE_COMMAND,
  name: 'users',
  instances: 3,
  env: own(),
  ...changes,
});
const config = (...servers: object[]) =>
  bench.config({ port: '127.0.0.1:0', healthCheckInterval: '200ms', servers });

/** With all instances of `users` in the pool. */
async function serve(path: string, instances: number): Promise<[CliRun, string]> {
  const run = bench.run('serve', '--allow-commands', '--config', path);
  const url = await run.listening();
  for (let number = 1; number <= instances; number++) await run.says(new RegExp(`added .*users-${number}`));
  return [run, url];
}

async function hear(url: string): Promise<string> {
  const response = await fetch(url);
  return `${response.status} ${(await response.text()).trim()}`;
}

describe('a config that holds commands', () => {
  it('is not served without --allow-commands, and nothing of it runs', async () => {
    const touched = join(bench.folder, 'touched');
    const path = config(
      { command: `touch ${touched}`, name: 'a' },
      { command: 'npm run "it all"', name: 'b' },
    );
    const run = bench.run('serve', '--config', path);
    expect(await run.exited).toBe(1);
    expect(run.err).toBe(
      `switchyard: the config runs commands: "touch ${touched}", "npm run \\"it all\\""; if they may run, write --allow-commands\n`,
    );
    expect(run.out).toBe('');
    expect(existsSync(touched)).toBe(false);
  });

  it('is not what the demo is', async () => {
    const run = bench.run('serve', '--demo', '--allow-commands');
    expect(await run.exited).toBe(2);
    expect(run.err).toBe('switchyard: --allow-commands goes with --config FILE; see switchyard --help\n');
  });

  it('does not come in by a reload either', async () => {
    const path = config({ url: 'http://127.0.0.1:9' });
    const run = bench.run('serve', '--config', path);
    await run.listening();
    config(users());
    run.child.kill('SIGHUP');
    await run.says(/config not reloaded, the old one stays: the config runs commands: /);
    expect(processesWith(mark)).toEqual([]);
  });

  it('takes no command from the control server that is not in the file', async () => {
    const path = config(users({ instances: 1 }));
    const control = ['--control', '127.0.0.1:0', '--allow-commands'];
    const run = bench.run('serve', ...control, '--config', path);
    await run.says(/added .*users-1/);
    const [, url = ''] = /control server on (\S+)/.exec(run.err) ?? [];
    const [, token = ''] = /control token: (\S+)/.exec(run.err) ?? [];
    const put = (servers: object[]) =>
      fetch(new URL('/v1/config', url), {
        method: 'PUT',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: JSON.stringify({ port: '127.0.0.1:0', servers }) }),
      });
    const refused = await put([users({ command: 'touch x' })]);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('Commands are taken from the config file alone');
    expect(existsSync(join(bench.folder, 'x'))).toBe(false);
  });
});

describe('commands', () => {
  it('become backends as they answer, and end with a signal to Switchyard', async () => {
    const [run, url] = await serve(config(users()), 3);
    const heard = [await hear(url), await hear(url), await hear(url)];
    expect(heard.sort()).toEqual(['200 instance 1', '200 instance 2', '200 instance 3']);
    expect(run.err).toMatch(/^users-2 \| listening on 2\d{4}$/m);
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(0);
    expect(processesWith(mark)).toEqual([]);
  });

  it('start again when they are killed, and no request fails', async () => {
    const [run, url] = await serve(config(users({ instances: 2 })), 2);
    const [pid] = processesWith('SWITCHYARD_INSTANCE=1').filter((one) => processesWith(mark).includes(one));
    killHard(pid);
    for (let request = 0; request < 20; request++) expect(await hear(url)).toMatch(/^200 /);
    await run.says(/users-1 is back/);
    await until('it serves', async () => (await hear(url)) === '200 instance 1');
  });

  it('scale up and down under load without a failed request', async () => {
    const scaled = (instances: number) => config(users({ instances, env: { ...own(), DELAY_MS: '20' } }));
    const [run, url] = await serve(scaled(2), 2);
    let isOver = false;
    const answers: string[] = [];
    const clients = Array.from({ length: 8 }, async () => {
      while (!isOver) answers.push(await hear(url));
    });
    scaled(5);
    await run.says(/config reloaded: its commands have changed/);
    await run.says(/added users-5/);
    await until('the fifth serves', () => answers.includes('200 instance 5'));
    scaled(1);
    for (const number of [2, 3, 4, 5])
      await run.says(new RegExp(`users-${number} \\| \\[(was ended|exited)`));
    isOver = true;
    await Promise.all(clients);
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.filter((answer) => !answer.startsWith('200 '))).toEqual([]);
    expect(await hear(url)).toBe('200 instance 1');
  });
});

describe('when Switchyard is killed', () => {
  it('nothing of its commands is left', async () => {
    const path = config(users({ command: `${SERVICE_COMMAND} & wait`, env: { ...own(), WITH_CHILD: '1' } }));
    const [run] = await serve(path, 3);
    expect(processesWith(mark).length).toBeGreaterThanOrEqual(9);
    run.child.kill('SIGKILL');
    await until('all are gone', () => processesWith(mark).length === 0);
  });

  it('nothing is left at whatever moment', async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    const path = config(users());
    for (let round = 0; round < 8; round++) {
      const run = bench.run('serve', '--allow-commands', '--config', path);
      await run.listening();
      // Not to wait for anything: the moment is what is tried.
      const moment = random() * 200;
      await new Promise((resolve) => setTimeout(resolve, moment));
      run.child.kill('SIGKILL');
      await run.exited;
      await until(`all are gone with SEED=${seed}`, () => processesWith(mark).length === 0);
    }
  });

  it('a paused process is gone too', async () => {
    const [run] = await serve(config(users({ instances: 1 })), 1);
    for (const pid of processesWith(mark)) process.kill(pid, 'SIGSTOP');
    run.child.kill('SIGKILL');
    await until('all are gone', () => processesWith(mark).length === 0);
  });
});
