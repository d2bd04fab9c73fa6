import { Agent, request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { configOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Requests a second of each client. */
const RATE = 20;
const RESTARTS = 4;

/** Sends requests at a fixed rate until it is stopped. @returns how many failed */
function client(port: number): { readonly sent: () => number; stop(): Promise<number> } {
  const agent = new Agent({ keepAlive: true });
  let sent = 0;
  let failed = 0;
  const running = new Set<Promise<void>>();
  const send = () => {
    sent++;
    const one = new Promise<void>((resolve) => {
      const asking = request({ host: '127.0.0.1', port, agent }, (response) => {
        if (response.statusCode !== 200) failed++;
        response.on('error', () => undefined).on('close', resolve);
        response.resume();
      });
      asking.on('error', () => {
        failed++;
        resolve();
      });
      asking.end();
    });
    running.add(one);
    void one.finally(() => running.delete(one));
  };
  const timer = setInterval(send, 1_000 / RATE);
  return {
    sent: () => sent,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(running);
      agent.destroy();
      return failed;
    },
  };
}

async function restarted(backend: BackendProcess, port: number): Promise<[number, number]> {
  const through = client(port);
  const straight = client(backend.port);
  for (let turn = 1; turn <= RESTARTS; turn++) {
    const before = through.sent();
    await until('requests were served', () => through.sent() >= before + 10);
    await backend.kill();
    await backend.start();
  }
  const before = through.sent();
  await until('requests are served again', () => through.sent() >= before + 10);
  return [await through.stop(), await straight.stop()];
}

it('the only backend restarts: hardly more requests fail than without a balancer', {
  timeout: 60_000,
}, async () => {
  const backend = await new BackendProcess('a').start();
  stops.push(() => backend.kill());
  const engine = await startEngine(configOf({ port: '127.0.0.1:0', servers: [backend.url] }));
  stops.push(() => engine.stop());
  await engine.settle();
  const [through, straight] = await restarted(backend, engine.port);
  expect(through).toBeLessThanOrEqual(straight + 2);
});

it('the only backend restarts: with holdFor, no request fails', { timeout: 60_000 }, async () => {
  const backend = await new BackendProcess('a').start();
  stops.push(() => backend.kill());
  const engine = await startEngine(
    oneConfig([backend.url], { holdFor: '10s', healthCheck: { interval: '2s' } }),
  );
  stops.push(() => engine.stop());
  await engine.settle();
  const [through] = await restarted(backend, engine.port);
  expect(through).toBe(0);
});
