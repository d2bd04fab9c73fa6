import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/engine/system/clock.ts';
import { Guardian } from '../../electron/services/processes/guardian.ts';
import { answers, isAlive, killHard, processesWith } from '../support/processes.ts';
import { hurriedClock, SERVICE_COMMAND, Supervised } from '../support/supervised.ts';
import { until } from '../support/until.ts';

let current: Supervised | null = null;

function supervise(clock = hurriedClock(20)): Supervised {
  current = new Supervised(clock);
  return current;
}

afterEach(async () => {
  const run = current;
  current = null;
  if (!run) return;
  await run.supervisor.stop();
  expect(processesWith(run.mark)).toEqual([]);
});

describe('a command', () => {
  it('runs as often as wanted, each instance on a port of its own', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec({ instances: 3 })]);
    await run.shows('users-1 running', 'users-2 running', 'users-3 running');
    expect(await Promise.all(['users-1', 'users-2', 'users-3'].map((name) => run.hear(name)))).toEqual([
      'instance 1\n',
      'instance 2\n',
      'instance 3\n',
    ]);
    const ports = run.supervisor.instances.map(({ instance }) => instance.port);
    expect(new Set(ports).size).toBe(3);
    expect(run.lines('users-2')).toEqual([`listening on ${ports[1]}`]);
  });

  it('is read by the shell, in its folder', async () => {
    const run = supervise();
    run.supervisor.apply([
      run.spec({ cwd: '/usr', command: 'pwd; echo "$((1 + 1)) $HI" >&2', env: { HI: 'you' } }),
    ]);
    await until('it wrote', () => run.lines('users-1').includes('[exited with code 0]'));
    const lines = run.instance('users-1').output.since(0).slice(0, 2);
    expect(lines.map(({ stream, text }) => `${stream} ${text}`).sort()).toEqual([
      'stderr 2 you',
      'stdout /usr',
    ]);
  });

  it.each([
    ['exit 3', {}, 'exited with code 3'],
    ['no-such-program-here', {}, 'exited with code 127: the command was not found'],
    ['kill -ABRT $$', {}, 'was ended by SIGABRT'],
    ['pwd', { cwd: '/nowhere/at/all' }, 'could not be started: there is no folder /nowhere/at/all'],
  ])('that fails says how: %s', async (command, changes, words) => {
    const run = supervise(systemClock);
    run.supervisor.apply([run.spec({ command, ...changes })]);
    await run.shows('users-1 backing-off');
    expect(run.lines('users-1').at(-1)).toBe(`[${words}]`);
  });

  it('has its port again after a crash', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec()]);
    await run.shows('users-1 running');
    const { port, pid } = run.instance('users-1');
    run.instance('users-1').kill();
    await until(
      'another runs',
      () => run.states()[0] === 'users-1 running' && run.instance('users-1').pid !== pid,
    );
    expect(run.instance('users-1').port).toBe(port);
    expect(await run.hear('users-1')).toBe('instance 1\n');
  });

  it('takes what it started along when it ends', async () => {
    const run = supervise(systemClock);
    run.supervisor.apply([run.spec({ env: { WITH_CHILD: '1' }, command: `${SERVICE_COMMAND} & wait` })]);
    await run.shows('users-1 running');
    await until('a shell, the service and its child run', () => processesWith(run.mark).length >= 3);
    killHard(run.instance('users-1').pid);
    await run.shows('users-1 backing-off');
    expect(processesWith(run.mark)).toEqual([]);
  });

  it('is paused and goes on', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec()]);
    await run.shows('users-1 running');
    run.instance('users-1').pause();
    const answer = run.hear('users-1');
    const port = run.instance('users-1').port ?? 0;
    // The system still takes connections for it; it does not answer.
    expect(await answers(port)).toBe(true);
    expect(await Promise.race([answer, answers(port).then(() => 'nothing')])).toBe('nothing');
    expect(run.states()).toEqual(['users-1 paused']);
    run.instance('users-1').resume();
    expect(await answer).toBe('instance 1\n');
  });

  it('is stopped while it is paused, and started', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec()]);
    await run.shows('users-1 running');
    run.instance('users-1').pause();
    await run.supervisor.stopOne('default', 'users-1');
    expect(run.states()).toEqual(['users-1 stopped']);
    expect(processesWith(run.mark)).toEqual([]);
    run.instance('users-1').start();
    await run.shows('users-1 running');
  });

  it('that does not hear SIGTERM is killed', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec({ env: { STUBBORN: '1' } })]);
    await run.shows('users-1 running');
    await run.supervisor.stopOne('default', 'users-1');
    expect(run.lines('users-1').slice(1)).toEqual(['not now', '[was ended by SIGKILL]']);
  });

  it('that is stopped at once never runs', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec()]);
    await run.supervisor.stopOne('default', 'users-1');
    expect(run.states()).toEqual(['users-1 stopped']);
    expect(processesWith(run.mark)).toEqual([]);
  });
});

describe('a changed config', () => {
  it('scales up and down; who leaves is drained first', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec({ instances: 1 })]);
    await run.shows('users-1 running');
    const { pid } = run.instance('users-1');
    run.supervisor.apply([run.spec({ instances: 3 })]);
    await run.shows('users-1 running', 'users-2 running', 'users-3 running');
    run.supervisor.scale('default', 'users', 2);
    await run.shows('users-1 running', 'users-2 running');
    expect(run.drained).toEqual(['users-3']);
    // Another field of the file was changed; the number in it was not.
    run.supervisor.apply([run.spec({ instances: 3 })]);
    expect(run.states()).toEqual(['users-1 running', 'users-2 running']);
    expect(run.instance('users-1').pid).toBe(pid);
    run.supervisor.apply([]);
    await run.shows();
    expect(processesWith(run.mark)).toEqual([]);
  });

  it('replaces the instances of a changed command one by one', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec({ instances: 3 })]);
    await run.shows('users-1 running', 'users-2 running', 'users-3 running');
    run.supervisor.apply([run.spec({ instances: 3, env: { NEW: '1' } })]);
    let fewest = 3;
    await until('all three are new', () => {
      const running = run.states().filter((state) => state.endsWith('running')).length;
      fewest = Math.min(fewest, running);
      return running === 3 && processesWith('NEW=1').length >= 3;
    });
    expect(fewest).toBe(2);
    expect(run.drained).toEqual(['users-1', 'users-2', 'users-3']);
  });

  it('keeps the others when the new command does not work', async () => {
    const run = supervise();
    run.supervisor.apply([run.spec({ instances: 2 })]);
    await run.shows('users-1 running', 'users-2 running');
    run.supervisor.apply([run.spec({ instances: 2, command: 'exit 1' })]);
    await run.shows('users-1 backing-off', 'users-2 running');
    expect(await run.hear('users-2')).toBe('instance 2\n');
    run.supervisor.apply([run.spec({ instances: 2 })]);
    await run.shows('users-1 running', 'users-2 running');
    expect(run.drained).toEqual(['users-1']);
  });
});

describe('the guardian', () => {
  it('kills what it watches when its pipe closes, and nothing that it was told to forget', async () => {
    const options = { detached: true, stdio: 'ignore' } as const;
    const children = [0, 1, 2].map(() => spawn('sleep', ['60'], options));
    const [first = 0, second = 0, third = 0] = children.map(({ pid }) => pid);
    const guardian = new Guardian(systemClock);
    for (const pid of [first, second, third]) await guardian.watch(pid);
    guardian.forget(second);
    const gone = [children[0], children[2]].map((child) => child && once(child, 'exit'));
    guardian.stop();
    await Promise.all(gone);
    expect(isAlive(second)).toBe(true);
    killHard(second);
  });

  it('is followed by another when it is killed', async () => {
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const guardian = new Guardian(systemClock);
    await guardian.watch(child.pid ?? 0);
    const before = guardian.pid;
    killHard(before);
    await until('there is another', () => guardian.pid !== null && guardian.pid !== before);
    const gone = once(child, 'exit');
    guardian.stop();
    await gone;
  });
});
