import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { comparePolicies } from '../../electron/engine/lab/compare-policies.ts';
import type { LabQuestion } from '../../shared/view/policy-lab.ts';
import { configOf, startEngine, type TestEngine } from '../support/test-engine.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function backend(name: string): Promise<object> {
  const server = createServer((_request, response) => response.end(name));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  stops.push(() => server.closeAllConnections());
  const address = server.address();
  return { name, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}

async function start(): Promise<TestEngine> {
  const servers = [await backend('a'), await backend('b')];
  const engine = await startEngine(
    configOf({
      listeners: [{ address: '127.0.0.1:0', defaultPool: 'p' }],
      pools: { p: { servers, healthCheck: { interval: '10m' } } },
    }),
  );
  stops.push(() => engine.stop());
  await engine.settle();
  return engine;
}

async function ask(engine: TestEngine, ...policies: LabQuestion['policies']) {
  const recording = await engine.engine.recording({ pool: 'p' });
  return recording.ok ? comparePolicies(recording.value, policies) : recording;
}

it('replays what the log holds, and sends nothing', async () => {
  const engine = await start();
  for (let count = 0; count < 12; count++) await (await fetch(`${engine.url}/?${count}`)).text();
  const result = await ask(engine, 'round-robin', 'first-available');
  if (!result.ok) throw new Error(result.error.message);
  const { requests, unmeasured, measured, replayed } = result.value;
  expect([requests, unmeasured]).toEqual([12, []]);
  expect(measured.backends.map((one) => one.requests)).toEqual([6, 6]);
  // The policy in force sends all where they went, so they take as long as they did at their backends.
  expect(replayed[0].backends.map((one) => one.requests)).toEqual([6, 6]);
  expect(replayed[1].backends.map((one) => one.requests)).toEqual([12, 0]);
  expect((await engine.backend('a')).counters.requests).toBe(6);
});

it('leaves out a backend that is switched off, and knows one that has answered nothing', async () => {
  const engine = await start();
  await engine.engine.setAdmin({ pool: 'p', backend: 'b', state: 'disabled' });
  for (let count = 0; count < 10; count++) await (await fetch(engine.url)).text();
  const alone = await ask(engine, 'round-robin', 'random');
  expect(alone.ok && alone.value.measured.backends.map((one) => one.backend)).toEqual(['a']);
  await engine.engine.setAdmin({ pool: 'p', backend: 'b', state: 'enabled' });
  const both = await ask(engine, 'round-robin', 'random');
  expect(both.ok && both.value.unmeasured).toEqual(['b']);
});

it('says why there is nothing to replay', async () => {
  const engine = await start();
  expect(await ask(engine, 'round-robin', 'random')).toMatchObject({
    error: { message: 'The log holds too few answers of this pool to replay: 0, and it takes 10.' },
  });
  expect(await ask(engine, 'header-hash', 'random')).toMatchObject({
    error: { message: 'Policies that go by a header or a cookie cannot be replayed.' },
  });
});

it('knows no pool that is not there', async () => {
  const engine = await start();
  expect(await engine.engine.recording({ pool: 'x' })).toMatchObject({
    error: { message: 'There is no pool "x".' },
  });
});
