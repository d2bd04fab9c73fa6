import { createServer, type RequestListener } from 'node:http';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { TrafficDesk } from '../../electron/services/traffic/traffic-desk.ts';
import type { TrafficPlan, TrafficProgress, TrafficRun } from '../../shared/view/traffic.ts';
import { configOf, startEngine, type TestEngine } from '../support/test-engine.ts';
import { buildThreads, type Threads } from '../support/threads.ts';
import { until } from '../support/until.ts';

let threads: Threads;
const stops: (() => unknown)[] = [];
beforeAll(async () => {
  threads = await buildThreads();
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function backend(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  stops.push(() => server.closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function openDesk(urls: readonly string[]) {
  const engine: TestEngine = await startEngine(
    configOf({
      listeners: [{ address: '127.0.0.1:0', name: 'l', defaultPool: 'p' }],
      pools: { p: { servers: urls, policy: 'random', healthCheck: { interval: '10m' } } },
    }),
  );
  stops.push(() => engine.stop());
  const told: TrafficProgress[] = [];
  const kept: (readonly TrafficRun[])[] = [];
  const desk = new TrafficDesk({
    spawn: threads.spawnTraffic,
    snapshot: engine.snapshot,
    now: () => 1_000,
    onProgress: (progress) => told.push(progress),
    onRuns: (runs) => kept.push(runs),
  });
  stops.push(() => desk.stop());
  return { desk, engine, told, kept };
}

const PLAN: TrafficPlan = {
  listener: 'l',
  pool: 'p',
  method: 'GET',
  headers: [],
  body: '',
  paths: [{ path: '/', weight: 1 }],
  load: { kind: 'count', requests: 40, concurrency: 4 },
};

it('sends from a thread of its own, and keeps what came of it', async () => {
  const url = await backend((_request, response) => response.end('hello'));
  const { desk, told, kept } = await openDesk([url]);
  expect(await desk.start(PLAN)).toEqual({ ok: true, value: null });
  expect(told[0]).toMatchObject({ state: 'running', sent: 0 });
  await until('the run is kept', () => desk.runs.length === 1);
  expect(told.at(-1)).toMatchObject({ state: 'done', sent: 40, answers: { '200': 40 } });
  expect(kept).toEqual([desk.runs]);
  expect(desk.runs[0]).toMatchObject({
    id: 1,
    startedAt: 1_000,
    policy: 'random',
    hasPolicyChanged: false,
    attempts: 40,
    progress: { byBackend: { [url]: 40 } },
  });
});

it('stops at once, and keeps what there is by then', async () => {
  let requests = 0;
  const url = await backend((_request, response) => {
    if (requests++ % 2 === 0) response.end();
  });
  const { desk, told } = await openDesk([url]);
  await desk.start({ ...PLAN, load: { kind: 'rate', perSecond: 200, durationMs: 60_000 } });
  expect(await desk.start(PLAN)).toEqual({
    ok: false,
    error: { code: 'refused', message: 'Traffic is being sent already; stop it first.' },
  });
  await until('requests wait', () => requests > 20);
  expect((await desk.stop()).ok).toBe(true);
  expect(told.at(-1)?.state).toBe('stopped');
  await until('the run is kept', () => desk.runs.length === 1);
  expect((await desk.start(PLAN)).ok).toBe(true);
});

it('keeps the last twenty, and forgets one when asked to', async () => {
  const url = await backend((_request, response) => response.end());
  const { desk } = await openDesk([url]);
  const load = { kind: 'count', requests: 1, concurrency: 1 } as const;
  for (let run = 1; run <= 21; run++) {
    expect((await desk.start({ ...PLAN, load })).ok).toBe(true);
    await until('it is kept', () => desk.runs.at(-1)?.id === run);
  }
  expect(desk.runs.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  expect(desk.forget(3).ok).toBe(true);
  expect(desk.forget(3)).toMatchObject({ ok: false, error: { message: 'Run 3 is not kept any more.' } });
  expect(desk.runs).toHaveLength(19);
});

it.each<[Partial<TrafficPlan>, string]>([
  [{ listener: 'x' }, 'There is no listener "x".'],
  [{ load: { kind: 'count', requests: 1, concurrency: 1_000 } }, 'Keep 1 to 256 at a time.'],
])('refuses %j, and sends nothing', async (change, message) => {
  const { desk, told } = await openDesk(['http://127.0.0.1:1']);
  expect(await desk.start({ ...PLAN, ...change })).toEqual({
    ok: false,
    error: { code: 'refused', message },
  });
  expect(told).toEqual([]);
});

it('sends nothing while the balancer is off, and says so', async () => {
  const { desk, engine } = await openDesk(['http://127.0.0.1:1']);
  await engine.engine.setRunning({ isRunning: false });
  const message = '127.0.0.1:0 is not listening, so nothing can be sent to it.';
  expect(await desk.start(PLAN)).toEqual({ ok: false, error: { code: 'refused', message } });
});

it('says that a run is lost when its thread ends by itself', async () => {
  const url = await backend(() => undefined);
  const { desk, told } = await openDesk([url]);
  const { spawnTraffic } = threads;
  const lost = new TrafficDesk({
    spawn: (job) => {
      const worker = spawnTraffic(job);
      stops.push(() => worker.terminate());
      setTimeout(() => void worker.terminate(), 200);
      return worker;
    },
    snapshot: (await openDesk([url])).engine.snapshot,
    now: Date.now,
    onProgress: (progress) => told.push(progress),
    onRuns: () => undefined,
  });
  await lost.start(PLAN);
  await until('it is known', () => told.at(-1)?.state === 'lost');
  expect(desk.runs).toEqual([]);
});
