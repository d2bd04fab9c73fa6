import { afterEach, expect, it } from 'vitest';
import { startHeldBackend } from '../support/balanced.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp(pool: object = {}) {
  const backends = [await startHeldBackend(), await startHeldBackend()];
  const servers = backends.map(({ url }, at) => ({ url, name: at === 0 ? 'a' : 'b' }));
  const engine = await startEngine(oneConfig([], { servers, ...pool }));
  stops.push(() => engine.stop(), ...backends.map((backend) => () => backend.stop().catch(() => undefined)));
  await engine.settle();
  const force = (forced: 'up' | 'down' | null) =>
    engine.engine.forceHealth({ pool: 'p', backend: 'a', forced });
  const answered = async (count: number) => {
    const by: string[] = [];
    for (let at = 0; at < count; at++) {
      const response = await fetch(engine.url);
      const url = response.headers.get('x-forwarded-server');
      by.push(url === null ? String(response.status) : url === backends[0]?.url ? 'a' : 'b');
    }
    return by.join('');
  };
  return { engine, backends, force, answered };
}

it('a backend forced down gets nothing, whatever its checks say, until it is left to them again', async () => {
  const { engine, force, answered } = await setUp();
  expect(await force('down')).toEqual({ ok: true, value: null });
  expect(await answered(4)).toBe('bbbb');
  await engine.engine.probeNow({ pool: 'p', backend: 'a' });
  await until('it was probed', async () => (await engine.backend('a')).probes.length === 2);
  const { health, forced } = await engine.backend('a');
  expect([health.health, forced]).toEqual(['up', 'down']);
  expect(await answered(2)).toBe('bb');
  await force(null);
  expect(await answered(4)).toBe('abab');
  const events = (await engine.snapshot()).events.flatMap((event) =>
    event.kind === 'health-forced' ? [[event.backend, event.forced]] : [],
  );
  expect(events).toEqual([
    ['a', 'down'],
    ['a', null],
  ]);
});

it('one forced up is used although its checks fail, and traffic does not eject it', async () => {
  const { engine, backends, force, answered } = await setUp({
    healthCheck: { interval: '10m', path: '/', expectedStatus: 204 },
    outliers: { consecutive: 1 },
    whenAllDown: 'refuse',
  });
  await until('both are down', async () =>
    (await engine.snapshot()).pools.every((pool) =>
      pool.backends.every((one) => one.health.health === 'down'),
    ),
  );
  expect(await answered(1)).toBe('503');
  await force('up');
  expect(await answered(3)).toBe('aaa');
  await backends[0]?.stop();
  expect(await answered(2)).toBe('503503');
  expect((await engine.backend('a')).ejection).toBeNull();
});

it('with a slow start, whoever comes back gets a tenth at first', async () => {
  const { engine, force, answered } = await setUp({ slowStart: '10m' });
  await force('down');
  await force(null);
  const { slowStart } = await engine.backend('a');
  expect((slowStart?.until ?? 0) - (slowStart?.since ?? 0)).toBe(600_000);
  const first = await answered(22);
  expect([...first].filter((name) => name === 'a')).toHaveLength(2);
});

it('a backend that does not exist cannot be forced', async () => {
  const { engine } = await setUp();
  const result = await engine.engine.forceHealth({ pool: 'p', backend: 'x', forced: 'up' });
  expect(result).toMatchObject({ ok: false, error: { code: 'unknown-backend' } });
});
