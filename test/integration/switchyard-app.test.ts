import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readStanding } from '../../electron/desktop/standing.ts';
import { SwitchyardApp } from '../../electron/desktop/switchyard-app.ts';
import type { Pushes, PushName } from '../../shared/calls/contract.ts';
import { Human } from '../support/human.ts';
import { buildThreads, type Threads } from '../support/threads.ts';

let threads: Threads;
let folder: string;
let human: Human;
let app: SwitchyardApp;
let engines: Worker[];
let demos: number;
let said: { readonly channel: string; readonly payload: unknown }[];
let told: string[];

beforeAll(async () => {
  threads = await buildThreads();
});

beforeEach(async () => {
  human = new Human('yes');
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  [engines, demos, said, told] = [[], 0, [], []];
  const target = {
    isDestroyed: () => false,
    send: (channel: string, payload: unknown) => said.push({ channel, payload }),
  };
  app = new SwitchyardApp({
    spawnEngine: () => {
      const worker = threads.spawnEngine();
      engines.push(worker);
      return worker;
    },
    spawnTraffic: (job) => threads.spawnTraffic(job),
    spawnDemo: () => {
      const worker = threads.spawnDemo();
      demos++;
      worker.once('exit', () => demos--);
      return worker;
    },
    findTarget: () => target,
    onEvent: () => undefined,
    onNews: () => told.push('news'),
    onActed: () => undefined,
    defaultConfigPath: join(folder, 'config.json'),
    certificateFolder: join(folder, 'tls'),
    trustPath: join(folder, 'allowed-commands.json'),
    consentPath: join(folder, 'allowed-configs.json'),
    askUser: human.ask,
    recentPath: join(folder, 'recent-files.json'),
    version: '1.2.3',
  });
});

afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

const last = <N extends PushName>(channel: N) =>
  said.findLast((one): one is { channel: N; payload: Pushes[N] } => one.channel === channel)?.payload;

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  return address.port;
}

async function listeningPort(): Promise<number> {
  const state = (await app.watch()).snapshot?.listeners[0]?.state;
  if (state?.kind !== 'listening') throw new Error(`not listening: ${JSON.stringify(state)}`);
  return state.port;
}

describe('the first run', () => {
  it('balances the demo, until the user names backends of their own', async () => {
    await app.start(null);
    const first = await app.watch();
    expect(first).toMatchObject({ engine: { kind: 'running' }, version: '1.2.3', config: { isDemo: true } });
    const port = await listeningPort();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => (await fetch(`http://127.0.0.1:${port}/`)).text()),
    );
    expect(answers.sort()).toEqual([1, 2, 3, 4, 5].map((n) => `Hello from demo-${n}, answer 1.\n`));

    const own = createServer((_request, response) => response.end('mine'));
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const text = `{ "port": ":${port}", "servers": ["http://127.0.0.1:${portOf(own)}"] }`;
    expect(await app.config.apply(text, first.config.revision)).toMatchObject({ ok: true });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('mine');
    expect(existsSync(join(folder, 'config.json'))).toBe(true);
    await vi.waitFor(() => expect(demos).toBe(0), { timeout: 5_000 });
    own.closeAllConnections();
    own.close();
  });

  it('leaves no thread behind when it ends', async () => {
    await app.start(null);
    const ended = new Promise((resolve) => engines[0]?.once('exit', resolve));
    await app.stop();
    await ended;
    expect(demos).toBe(0);
  });
});

describe('the window', () => {
  it('waits for the first config, and is told a notice once', async () => {
    const path = join(folder, 'mine.json');
    await writeFile(path, '{ "port": 0, "servers": ["http://127.0.0.1:9"] }');
    const watching = app.start(path).then(() => undefined);
    const [state] = await Promise.all([app.watch(), watching]);
    expect(state.config.path).toBe(path);
    expect(state.snapshot?.listeners[0]?.state.kind).toBe('listening');
    await app.openFile(join(folder, 'missing.json'));
    expect(last('app:notice')).toBe(
      `${join(folder, 'missing.json')} was not opened. ${join(folder, 'missing.json')} does not exist.`,
    );
    expect((await app.watch()).notice).toBeNull();
  });

  it('is told all that came before it was there', async () => {
    await app.start(null);
    app.notify('First.');
    app.notify('Second.');
    expect((await app.watch()).notice).toMatch(/First\. Second\.$/);
  });

  it('shows no log when its page is loaded anew, and gets none', async () => {
    await app.start(null);
    await app.watch();
    await app.host.showLog(true);
    await vi.waitFor(() => expect(last('engine:batch')?.log).toBeTruthy(), { timeout: 5_000 });
    await app.watch();
    await vi.waitFor(() => expect(last('engine:batch')?.log).toBeNull(), { timeout: 5_000 });
  });

  it('opens a file that it was handed before it had started, in place of its own', async () => {
    const path = join(folder, 'handed.json');
    await writeFile(path, '{ "port": 0, "servers": ["http://127.0.0.1:9"] }');
    await writeFile(join(folder, 'config.json'), '{ "port": 0, "servers": ["http://127.0.0.1:8"] }');
    const opening = app.openFile(path);
    await app.start(null);
    await opening;
    const { config, notice } = await app.watch();
    expect([config.path, notice]).toEqual([path, null]);
  });

  it('opens on a file that cannot be used, says why, and serves nothing', async () => {
    const path = join(folder, 'mine.json');
    await writeFile(path, '{ "servers": ["localhost:5003"] }');
    await app.start(path);
    const { engine, config, snapshot } = await app.watch();
    expect(engine).toEqual({ kind: 'running' });
    expect(config.fileIssues[0]).toMatchObject({ path: 'servers[0]', line: 1 });
    expect(snapshot).toMatchObject({ listeners: [], pools: [] });
  });

  it('gets batches while it is seen, and none while it is hidden', async () => {
    await app.start(null);
    await app.watch();
    await vi.waitFor(() => expect(last('engine:batch')).toBeDefined(), { timeout: 2_000 });
    await app.publisher.setSeen(false);
    const count = said.length;
    await app.host.probeNow({ pool: 'default', backend: 'demo-1' });
    // Two batches' time: nothing to poll for where nothing may come.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(said.slice(count)).toEqual([]);
    await app.publisher.setSeen(true);
    expect(last('engine:snapshot')?.pools[0]?.backends).toHaveLength(5);
  });

  it('keeps what it showed while the engine is away, and is told when it is back', async () => {
    await app.start(null);
    const before = await app.watch();
    await engines[0]?.terminate();
    await vi.waitFor(() => expect(last('engine:status')?.kind).toBe('restarting'), { interval: 1 });
    const during = await app.watch();
    expect(during.engine.kind).toBe('restarting');
    expect(during.snapshot?.pools[0]?.backends.map(({ name }) => name)).toEqual(
      before.snapshot?.pools[0]?.backends.map(({ name }) => name),
    );
    await vi.waitFor(() => expect(last('engine:status')?.kind).toBe('running'), { timeout: 5_000 });
    await vi.waitFor(() => expect(last('engine:snapshot')?.events.at(-1)?.kind).toBe('engine-restarted'));
    const port = await listeningPort();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it('switches the balancer off and on, and menus hear of it', async () => {
    await app.start(null);
    const port = await listeningPort();
    told.length = 0;
    expect(await app.setRunning(false)).toEqual({ ok: true, value: null });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(told).toContain('news');
    expect((await readStanding(app)).snapshot?.isRunning).toBe(false);
    await app.setRunning(true);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });
});
