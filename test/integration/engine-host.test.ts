import { createServer, type Server } from 'node:http';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { EngineHost } from '../../electron/engine/core/engine-host.ts';
import { parseConfig } from '../../electron/services/config/parse.ts';
import { firstFreePort } from '../../electron/services/demo/free-port.ts';
import type { EngineStatus } from '../../shared/calls/contract.ts';
import type { Config } from '../../shared/config/config.ts';
import { parseFaults } from '../../shared/config/fault-schema.ts';
import type { Snapshot } from '../../shared/view/snapshot.ts';
import { buildThreads, type Threads } from '../support/threads.ts';

let threads: Threads;
let workers: Worker[];
let statuses: EngineStatus['kind'][];
let snapshots: Snapshot[];
let host: EngineHost;
let backends: { readonly server: Server; readonly url: string; readonly count: () => number }[];

beforeAll(async () => {
  threads = await buildThreads();
});

beforeEach(async () => {
  workers = [];
  statuses = [];
  snapshots = [];
  const spawn = () => {
    const worker = threads.spawnEngine();
    workers.push(worker);
    return worker;
  };
  host = new EngineHost(spawn, {
    onPush: (push) => {
      if (push.push === 'snapshot') snapshots.push(push.payload);
    },
    onStatus: ({ kind }) => statuses.push(kind),
  });
  backends = await Promise.all([startBackend(), startBackend()]);
  await host.start();
});

afterEach(async () => {
  await host.stop(100);
  for (const { server } of backends) {
    server.closeAllConnections();
    server.close();
  }
});

async function startBackend() {
  let count = 0;
  const server = createServer((request, response) => {
    if (request.method !== 'HEAD') count++;
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  return { server, url: `http://127.0.0.1:${address.port}`, count: () => count };
}

function configOn(port: number): Config {
  const parsed = parseConfig(JSON.stringify({ port, servers: backends.map(({ url }) => url) }));
  if (!parsed.ok) throw new Error(parsed.error[0]?.message);
  return parsed.value;
}

const nameOf = (url = '') => url.replace('http://', '');
const ask = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } }).then(
    (response) => response.status,
  );

it('an engine that is killed comes back on its port without a request to a backend that is off', async () => {
  const port = await firstFreePort(18_180);
  expect(await host.apply(configOn(port), false)).toEqual({ ok: true, value: null });
  await host.setAdmin({ pool: 'default', backend: nameOf(backends[0]?.url), state: 'disabled' });
  await host.forceHealth({ pool: 'default', backend: nameOf(backends[1]?.url), forced: 'up' });
  const latency = parseFaults(['latency 1ms']);
  if (!latency.ok) throw new Error(latency.error);
  await host.setFaults({
    pool: 'default',
    backend: nameOf(backends[1]?.url),
    faults: latency.value,
    seed: null,
  });
  await host.watch();
  expect(await ask(port)).toBe(200);

  await workers[0]?.terminate();
  // Hammered all the way through the restart; nothing is sent while nobody listens.
  const answers: number[] = [];
  await vi.waitFor(
    async () => {
      answers.push(await ask(port));
      expect(statuses.at(-1)).toBe('running');
      expect(answers.length).toBeGreaterThan(20);
    },
    { timeout: 10_000, interval: 1 },
  );
  expect(statuses).toEqual(['running', 'restarting', 'running']);
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(backends.map(({ count }) => count())).toEqual([0, answers.length + 1]);
  expect(snapshots.at(-1)?.pools[0]?.backends.map(({ admin }) => admin)).toEqual(['disabled', 'enabled']);
  expect(snapshots.at(-1)?.pools[0]?.backends.map(({ forced }) => forced)).toEqual([null, 'up']);
  expect(snapshots.at(-1)?.pools[0]?.backends.map(({ faults }) => faults.length)).toEqual([0, 1]);
  expect(snapshots.at(-1)?.events.map(({ kind }) => kind)).toEqual([
    'admin',
    'health-forced',
    'faults-set',
    'engine-restarted',
  ]);
});

it('an engine that is killed while it is switched off stays off, and can be switched on', async () => {
  const port = await firstFreePort(18_280);
  await host.apply(configOn(port), false);
  await host.setRunning({ isRunning: false });
  await workers[0]?.terminate();
  await vi.waitFor(() => expect(statuses.at(-1)).toBe('running'), { timeout: 10_000 });
  await expect(ask(port)).rejects.toThrow();
  await host.setRunning({ isRunning: true });
  expect(await ask(port)).toBe(200);
});

it('an engine that is stopped leaves no thread and no port', async () => {
  const port = await firstFreePort(18_380);
  await host.apply(configOn(port), false);
  expect(await ask(port)).toBe(200);
  const ended = new Promise((resolve) => workers[0]?.once('exit', resolve));
  await host.stop(1_000);
  await ended;
  await expect(ask(port)).rejects.toThrow();
  expect(await firstFreePort(port)).toBe(port);
});

it('an engine that is stopped says goodbye to WebSockets: 1001', async () => {
  const sockets = new WebSocketServer({ server: backends[0]?.server as Server });
  const heard = new Promise<number>((resolve) =>
    sockets.once('connection', (socket) => socket.once('close', (code) => resolve(code))),
  );
  const port = await firstFreePort(18_480);
  await host.apply(configOn(port), false);
  await host.setAdmin({ pool: 'default', backend: nameOf(backends[1]?.url), state: 'disabled' });
  const client = new WebSocket(`ws://127.0.0.1:${port}/`);
  const closed = new Promise<number>((resolve) => client.once('close', (code) => resolve(code)));
  await new Promise((resolve, reject) => client.once('open', resolve).once('error', reject));
  await host.stop(0);
  expect(await closed).toBe(1_001);
  expect(await heard).toBe(1_001);
  sockets.close();
});
