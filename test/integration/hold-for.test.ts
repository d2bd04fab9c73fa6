import { afterEach, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { send } from '../support/rehearsal.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function balance(pool: object, count = 1): Promise<{ engine: TestEngine; backends: BackendProcess[] }> {
  const backends: BackendProcess[] = [];
  for (let number = 0; number < count; number++) {
    const backend = await new BackendProcess(`b${number}`).start();
    stops.push(() => backend.kill());
    backends.push(backend);
  }
  const engine = await startEngine(
    oneConfig(
      backends.map(({ url }) => url),
      pool,
    ),
  );
  stops.push(() => engine.stop());
  // Without checks, nothing ever settles.
  if (!('healthCheck' in pool)) await engine.settle();
  return { engine, backends };
}

const waiting = async (engine: TestEngine) => (await engine.snapshot()).pools[0]?.waiting;

describe('holdFor', () => {
  it.each([
    ['with checks', {}],
    ['without', { healthCheck: { type: 'off' } }],
  ])(
    'a service that is restarted under load, %s, is never seen to be away',
    async (_how, pool) => {
      const { engine, backends } = await balance({ holdFor: '10s', ...pool });
      const statuses: number[] = [];
      let isOver = false;
      const client = async (): Promise<void> => {
        while (!isOver) statuses.push((await send(engine.port)).status);
      };
      const clients = Array.from({ length: 8 }, client);
      for (let restart = 0; restart < 3; restart++) {
        const before = statuses.length;
        await until('requests are served', () => statuses.length > before + 50);
        await backends[0]?.kill();
        await until('requests wait', async () => ((await waiting(engine)) ?? 0) > 0);
        await new Promise((resolve) => setTimeout(resolve, 300));
        await backends[0]?.start();
      }
      const before = statuses.length;
      await until('requests are served again', () => statuses.length > before + 50);
      isOver = true;
      await Promise.all(clients);
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect(await waiting(engine)).toBe(0);
    },
    30_000,
  );

  it('does not hammer a backend that is not checked', async () => {
    const { engine, backends } = await balance({ holdFor: '10s', healthCheck: { type: 'off' } });
    await backends[0]?.kill();
    const asked = Array.from({ length: 8 }, () => send(engine.port));
    await until('all wait', async () => (await waiting(engine)) === 8);
    const attempts = async () => (await engine.snapshot()).pools[0]?.backends[0]?.counters.requests ?? 0;
    const before = await attempts();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    // One look of each every quarter of a second.
    expect((await attempts()) - before).toBeLessThanOrEqual(8 * 5);
    await backends[0]?.start();
    expect((await Promise.all(asked)).every(({ status }) => status === 200)).toBe(true);
  });

  it('ends: then the answer is 503 and says how long it was', async () => {
    const { engine, backends } = await balance({ holdFor: '400ms' }, 4);
    for (const backend of backends) await backend.kill();
    const { status, body, endMs } = await send(engine.port);
    expect([status, body.split('\n')[0]]).toEqual([503, 'There was no backend back within 400ms (holdFor).']);
    expect(endMs).toBeGreaterThan(399);
    expect(endMs).toBeLessThan(1_500);
  });

  it('has as much room as the queue', async () => {
    const { engine, backends } = await balance({ holdFor: '10s', queue: { size: 2 } });
    await backends[0]?.kill();
    const asked = [0, 1, 2, 3].map(() => send(engine.port));
    await until('two wait', async () => (await waiting(engine)) === 2);
    const refused = await Promise.race(asked);
    expect([refused.status, refused.body.split('\n')[0]]).toEqual([
      503,
      'Every backend is away, and 2 requests wait already. The limit is queue.size of pool p.',
    ]);
    await backends[0]?.start();
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 503, 503]);
  });

  it('does not wait for who was switched off', async () => {
    const { engine, backends } = await balance({ holdFor: '10s' });
    const backend = nameOf(backends[0]?.url ?? '');
    await engine.engine.setAdmin({ pool: 'p', backend, state: 'disabled' });
    const { status, endMs } = await send(engine.port);
    expect(status).toBe(503);
    expect(endMs).toBeLessThan(2_000);
  });

  it('lets go who leaves', async () => {
    const { engine, backends } = await balance({ holdFor: '10s' });
    await backends[0]?.kill();
    const aborted = new AbortController();
    const asked = fetch(engine.url, { signal: aborted.signal }).catch(() => 'left');
    await until('it waits', async () => (await waiting(engine)) === 1);
    aborted.abort();
    await until('it does not wait any more', async () => (await waiting(engine)) === 0);
    expect(await asked).toBe('left');
  });
});
