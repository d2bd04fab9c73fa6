import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../electron/services/config/parse.ts';
import { type Demo, startDemoBackends } from '../../electron/services/demo/demo-backends.ts';
import { startDemoThread } from '../../electron/services/demo/demo-thread.ts';
import { firstFreePort } from '../../electron/services/demo/free-port.ts';
import { buildThreads, type Threads } from '../support/threads.ts';

let threads: Threads;
let demo: Demo | null = null;

beforeAll(async () => {
  threads = await buildThreads();
});
afterEach(async () => {
  await demo?.stop();
  demo = null;
});

describe('the demo', () => {
  it('is five named backends in a config that is valid', async () => {
    demo = await startDemoBackends();
    const config = parseConfig(demo.configText);
    if (!config.ok) throw new Error(config.error[0]?.message);
    const [pool] = config.value.pools;
    expect(pool?.backends.map(({ name }) => name)).toEqual([
      'demo-1',
      'demo-2',
      'demo-3',
      'demo-4',
      'demo-5',
    ]);
    expect(pool?.backends.map(({ origin }) => origin.url)).toEqual(demo.urls);
    expect(config.value.listeners[0]?.address.port).toBe(demo.port);
  });

  it('answers with its name and a count, and probes without counting them', async () => {
    demo = await startDemoBackends({ random: () => 0 });
    const [url = ''] = demo.urls;
    const head = await fetch(url, { method: 'HEAD' });
    const health = await fetch(`${url}/health`);
    expect([head.status, health.status, await health.text()]).toEqual([200, 200, 'ok\n']);
    expect(await (await fetch(url)).text()).toBe('Hello from demo-1, answer 1.\n');
    expect(await (await fetch(`${url}/any/path`, { method: 'POST', body: 'x' })).text()).toContain(
      'answer 2',
    );
  });

  it('listens on the next port when the one it wants is taken', async () => {
    const wantedPort = await firstFreePort(18_080);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(wantedPort, '127.0.0.1', resolve));
    demo = await startDemoBackends({ wantedPort });
    await new Promise((resolve) => taken.close(resolve));
    expect(demo.wantedPort).toBe(wantedPort);
    expect(demo.port).toBeGreaterThan(wantedPort);
  });

  it('runs on a thread of its own, which ends with it and leaves no port', async () => {
    const worker = threads.spawnDemo();
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const running = await startDemoThread(() => worker);
    const answers = await Promise.all(running.urls.map(async (url) => (await fetch(url)).text()));
    expect(answers).toEqual([1, 2, 3, 4, 5].map((n) => `Hello from demo-${n}, answer 1.\n`));
    await running.stop();
    expect(await ended).toBe(0);
    await expect(fetch(running.urls[0] ?? '')).rejects.toThrow();
  });

  it('finishes what it is answering when it is stopped', async () => {
    let arrived: () => void = () => undefined;
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    // Drawn when a request is in, for how long its answer takes.
    const running = await startDemoBackends({
      random: () => {
        arrived();
        return 1;
      },
    });
    const answer = fetch(running.urls[0] ?? '', { headers: { Connection: 'close' } });
    await hasArrived;
    await running.stop();
    expect((await answer).status).toBe(200);
  });
});
