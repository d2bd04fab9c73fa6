import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { SwitchyardApp } from '../../electron/desktop/switchyard-app.ts';
import type { Pushes, PushName } from '../../shared/calls/contract.ts';
import type { InstanceView } from '../../shared/view/processes.ts';
import { Human } from '../support/human.ts';
import { killHard, processesWith } from '../support/processes.ts';
import { SERVICE_COMMAND } from '../support/supervised.ts';
import { buildThreads, type Threads } from '../support/threads.ts';
import { until } from '../support/until.ts';

let threads: Threads;
let folder: string;
let human: Human;
let app: SwitchyardApp;
let engines: Worker[];
let said: { readonly channel: string; readonly payload: unknown }[];
let mark: string;

beforeAll(async () => {
  threads = await buildThreads();
});

beforeEach(async () => {
  human = new Human('yes-and-run');
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  mark = crypto.randomUUID();
  open();
});

afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
  expect(processesWith(`SWITCHYARD_TEST_MARK=${mark}`)).toEqual([]);
});

/** The app as it is after a start, over what earlier ones have left on disk. */
function open(): void {
  [engines, said] = [[], []];
  app = new SwitchyardApp({
    spawnEngine: () => {
      const worker = threads.spawnEngine();
      engines.push(worker);
      return worker;
    },
    spawnDemo: () => threads.spawnDemo(),
    spawnTraffic: (job) => threads.spawnTraffic(job),
    findTarget: () => ({
      isDestroyed: () => false,
      send: (channel: string, payload: unknown) => said.push({ channel, payload }),
    }),
    onEvent: () => undefined,
    onNews: () => undefined,
    onActed: () => undefined,
    defaultConfigPath: join(folder, 'own', 'config.json'),
    certificateFolder: join(folder, 'tls'),
    trustPath: join(folder, 'allowed-commands.json'),
    consentPath: join(folder, 'allowed-configs.json'),
    askUser: human.ask,
    recentPath: join(folder, 'recent-files.json'),
    version: '1',
  });
}

const last = <N extends PushName>(channel: N) =>
  said.findLast((one): one is { channel: N; payload: Pushes[N] } => one.channel === channel)?.payload;

async function write(...servers: object[]): Promise<string> {
  const path = join(folder, 'shared.json');
  await writeFile(path, JSON.stringify({ port: '127.0.0.1:0', healthCheckInterval: '200ms', servers }));
  return path;
}

const users = (changes: object = {}) => ({
  command: SERVICE_COMMAND,
  name: 'users',
  instances: 2,
  env: { SWITCHYARD_TEST_MARK: mark },
  ...changes,
});

/** The backends that are up. */
async function up(): Promise<readonly string[]> {
  const snapshot = await app.host.currentSnapshot();
  const backends = snapshot.pools[0]?.backends ?? [];
  return backends.filter(({ health }) => health.health === 'up').map(({ name }) => name);
}

async function untilUp(count: number): Promise<void> {
  await until(`${count} instances are up`, async () => (await up()).length === count, 20_000);
}

const instance = (name: string): InstanceView | undefined =>
  last('process:changed')?.instances.find((one) => one.name === name);

it('runs no command of a config before it is allowed, then runs it, also after a restart', async () => {
  const touched = join(folder, 'touched');
  const path = await write(users(), { command: `touch ${touched}`, name: 'mark' });
  human.answer = 'yes';
  await app.start(path);
  await until('it is in force', () => app.config.document.fileIssues.length === 0);
  const { config, processes } = await app.watch();
  expect(config.toAllow.map(({ name, command, cwd }) => [name, command, cwd])).toEqual([
    ['users', SERVICE_COMMAND, folder],
    ['mark', `touch ${touched}`, folder],
  ]);
  expect(processes).toEqual({ commands: [], instances: [] });
  expect(existsSync(touched)).toBe(false);

  expect(await app.config.allowCommands(config.revision)).toMatchObject({ ok: true, value: config });
  expect(existsSync(touched)).toBe(false);
  human.answer = 'yes-and-run';
  expect(await app.config.allowCommands(config.revision)).toMatchObject({ ok: true, value: { toAllow: [] } });
  await untilUp(2);
  await until('the other command has run', () => existsSync(touched));
  await app.stop();
  expect(processesWith(`SWITCHYARD_TEST_MARK=${mark}`)).toEqual([]);

  open();
  await app.start(path);
  await untilUp(2);
  expect(app.config.document.toAllow).toEqual([]);
});

it('asks again for what has changed in the file, and lets the rest run on', async () => {
  const path = await write(users());
  await app.start(path);
  await app.config.allowCommands(app.config.document.revision);
  await untilUp(2);
  const before = instance('users-1')?.pid;
  await write(
    users(),
    users({ name: 'other', instances: 1, env: { SWITCHYARD_TEST_MARK: mark, MORE: '1' } }),
  );
  await until('the new command waits', () => app.config.document.toAllow.length === 1);
  expect(app.config.document.toAllow).toMatchObject([{ name: 'other' }]);
  expect(await up()).toEqual(['users-1', 'users-2']);
  expect(instance('users-1')?.pid).toBe(before);
});

it('kills a real process, which starts again, and leaves it alone when the engine dies', async () => {
  await app.start(await write(users()));
  await app.config.allowCommands(app.config.document.revision);
  await untilUp(2);
  const first = instance('users-1')?.pid;
  expect(await app.actOnProcess({ pool: 'default', backend: 'users-1' }, 'kill')).toEqual({
    ok: true,
    value: null,
  });
  await until(
    'another process runs in its place',
    () => {
      const now = instance('users-1');
      return now?.state === 'running' && now.pid !== first;
    },
    20_000,
  );
  await untilUp(2);
  const { events } = await app.host.currentSnapshot();
  expect(events.findLast(({ kind }) => kind === 'incident')).toMatchObject({
    backend: 'users-1',
    incident: { cause: 'its process was killed', isSimulated: false },
  });

  const pids = last('process:changed')?.instances.map(({ pid }) => pid);
  await engines[0]?.terminate();
  await until(
    'another engine runs',
    () => engines.length === 2 && app.host.status.kind === 'running',
    20_000,
  );
  await untilUp(2);
  expect(last('process:changed')?.instances.map(({ pid }) => pid)).toEqual(pids);
});

it('begins the detection gap of a process that ends by itself with its end, and says how it ended', async () => {
  await app.start(await write(users()));
  await app.config.allowCommands(app.config.document.revision);
  await untilUp(2);
  const incidents = async () =>
    (await app.host.currentSnapshot()).events.flatMap((event) => (event.kind === 'incident' ? [event] : []));
  const before = Date.now();
  killHard(instance('users-2')?.pid);
  await until('it is over', async () => (await incidents()).length > 0, 20_000);
  expect(await incidents()).toMatchObject([
    { backend: 'users-2', incident: { cause: 'its process was ended by SIGKILL', isSimulated: false } },
  ]);
  expect((await incidents())[0]?.incident.brokenAt).toBeGreaterThanOrEqual(before);
});

it('stops one and starts it again, and knows no process of another name', async () => {
  await app.start(await write(users()));
  await app.config.allowCommands(app.config.document.revision);
  await untilUp(2);
  await app.actOnProcess({ pool: 'default', backend: 'users-2' }, 'stop');
  await until('it is stopped', () => instance('users-2')?.state === 'stopped');
  await until('it is no backend any more', async () => (await up()).join() === 'users-1');
  await app.actOnProcess({ pool: 'default', backend: 'users-2' }, 'start');
  await untilUp(2);
  expect(await app.actOnProcess({ pool: 'default', backend: 'users-9' }, 'kill')).toEqual({
    ok: false,
    error: { code: 'unknown-backend', message: 'users-9 is no process that Switchyard runs.' },
  });
});

it('scales a command down to none and up again, and keeps what its instances write', async () => {
  await app.start(await write(users()));
  await app.config.allowCommands(app.config.document.revision);
  await untilUp(2);
  const output = app.processes.output({ pool: 'default', backend: 'users-1' }, 0);
  const listening = output.find(({ text }) => text === `listening on ${instance('users-1')?.port}`);
  expect(listening?.stream).toBe('stdout');
  expect(app.processes.output({ pool: 'default', backend: 'users-1' }, output.at(-1)?.id ?? 0)).toEqual([]);
  expect(await app.scaleCommand('default', 'users', 0)).toEqual({ ok: true, value: null });
  await until('none is left', () => last('process:changed')?.instances.length === 0);
  expect(last('process:changed')?.commands).toEqual([{ pool: 'default', name: 'users', wanted: 0 }]);
  await app.scaleCommand('default', 'users', 3);
  await untilUp(3);
  expect(await app.scaleCommand('default', 'people', 3)).toMatchObject({
    error: { code: 'refused', message: 'There is no command "people" in pool "default" that runs.' },
  });
});
