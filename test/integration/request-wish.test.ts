import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../support/balanced.ts';
import { type Heard, startHeard } from '../support/rehearsal.ts';
import { configOf, startEngine, type TestEngine } from '../support/test-engine.ts';

let engine: TestEngine;
let backends: Heard[];
beforeEach(async () => {
  backends = [await startHeard('a'), await startHeard('b')];
  engine = await balance(true);
});
afterEach(async () => {
  await engine.stop();
  for (const backend of backends) await backend.stop();
});

async function balance(rehearsal: boolean): Promise<TestEngine> {
  const servers = backends.map(({ url, name }) => ({ url, name }));
  const started = await startEngine(
    configOf({
      listeners: [{ address: '127.0.0.1:0', defaultPool: 'p', rehearsal }],
      pools: { p: { servers, outliers: { consecutive: 1 }, healthCheck: { interval: '10m' } } },
    }),
  );
  await started.settle();
  return started;
}

const urlOf = (name: string) => backends.find((one) => one.name === name)?.url;
const get = (headers: Readonly<Record<string, string>>) => ask(engine.port, { headers });

describe('a request that chooses its backend', () => {
  it('gets it, whoever is next; others are not bothered', async () => {
    for (let turn = 0; turn < 5; turn++)
      expect((await get({ 'X-Switchyard-Backend': 'b' })).by).toBe(urlOf('b'));
    expect((await get({})).by).toBe(urlOf('a'));
    const [exchange] = await engine.engine.exchanges({ limit: 1 });
    expect(exchange?.attempts[0]?.faults).toEqual([]);
  });

  it('by header gets that one or none', async () => {
    await engine.engine.setAdmin({ pool: 'p', backend: 'b', state: 'disabled' });
    expect((await get({ 'X-Switchyard-Backend': 'b' })).status).toBe(503);
    expect((await get({ 'X-Switchyard-Backend': 'x' })).status).toBe(400);
    const text = await (await fetch(engine.url, { headers: { 'X-Switchyard-Backend': 'x' } })).text();
    expect(text).toBe('X-Switchyard-Backend: there is no backend "x" in pool p; there is a, b.');
  });

  it('by cookie gets another while that one is away, or gone', async () => {
    const pinned = () => get({ Cookie: 'session=1; switchyard-backend=b' });
    expect([(await pinned()).by, (await pinned()).by]).toEqual([urlOf('b'), urlOf('b')]);
    await engine.engine.setAdmin({ pool: 'p', backend: 'b', state: 'disabled' });
    expect((await pinned()).by).toBe(urlOf('a'));
    expect((await get({ Cookie: 'switchyard-backend=x' })).by).toBe(urlOf('a'));
  });
});

describe('a request that chooses what goes wrong', () => {
  it('gets it, and no backend is held to it', async () => {
    expect((await get({ 'X-Switchyard-Fault': 'error 500' })).status).toBe(500);
    expect((await get({ 'X-Switchyard-Fault': 'crash' })).status).toBe(200);
    const startMs = performance.now();
    expect((await get({ 'X-Switchyard-Fault': 'latency 200ms±10ms, error 429' })).status).toBe(429);
    expect(performance.now() - startMs).toBeGreaterThan(189);
    for (const name of ['a', 'b'])
      expect(await engine.backend(name)).toMatchObject({
        health: { health: 'up' },
        ejection: null,
        incident: null,
      });
    const exchanges = await engine.engine.exchanges({ limit: 10 });
    expect(exchanges.map(({ attempts }) => attempts.map(({ faults }) => faults.length))).toEqual([
      [1],
      [1, 0],
      [2],
    ]);
  });

  it('is told what is wrong with its wish', async () => {
    const answer = await fetch(engine.url, { headers: { 'X-Switchyard-Fault': 'latency 200' } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe(
      'X-Switchyard-Fault: "latency 200" has a wrong latency: "200" is not a duration; write "200ms" or "200s" (units: ms, s, m, h).',
    );
  });
});

it('is nothing to a listener that does not let it', async () => {
  await engine.stop();
  engine = await balance(false);
  expect((await get({ 'X-Switchyard-Fault': 'error 500' })).by).toBe(urlOf('a'));
  expect((await get({ 'X-Switchyard-Backend': 'a' })).by).toBe(urlOf('b'));
});
