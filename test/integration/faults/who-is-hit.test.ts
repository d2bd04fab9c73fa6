import { afterEach, describe, expect, it } from 'vitest';
import { RawClient } from '../../support/raw-client.ts';
import { type Rehearsal, send, startRehearsal } from '../../support/rehearsal.ts';
import { configOf } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

let rehearsal: Rehearsal;
afterEach(() => rehearsal.stop());

async function rehearse(pool: object = {}, only = true): Promise<number> {
  rehearsal = await startRehearsal(pool, only);
  return rehearsal.engine.port;
}

/** How many of so many concurrent requests had this status. */
async function countOf(status: number, count: number, port: number): Promise<number> {
  const all = await Promise.all(Array.from({ length: count }, () => send(port)));
  return all.filter((one) => one.status === status).length;
}

describe('which requests are hit', () => {
  it.each([
    ['first=10', 10, 0],
    ['every=4', 25, 25],
    ['times=7', 7, 0],
    ['every=4 times=7', 7, 0],
  ])('error 503 %s is exact among a hundred at once', async (when, hit, hitLater) => {
    const port = await rehearse();
    await rehearsal.fault(`error 503 ${when} affects=traffic`);
    expect(await countOf(503, 100, port)).toBe(hit);
    expect(await countOf(503, 100, port)).toBe(hitLater);
    const [fault] = (await rehearsal.backend('a')).faults;
    expect(fault).toMatchObject({ requestsHit: hit + hitLater, probesHit: 0, isSpent: hitLater === 0 });
  });

  it('by chance: with the same seed, the same ones', async () => {
    const port = await rehearse();
    const course = async () => {
      await rehearsal.fault('error 503 probability=0.3');
      const statuses: number[] = [];
      for (let turn = 0; turn < 60; turn++) statuses.push((await send(port)).status);
      return statuses;
    };
    const first = await course();
    expect(await course()).toEqual(first);
    expect(first.filter((status) => status === 503).length).toBeGreaterThan(8);
    expect(first.filter((status) => status === 503).length).toBeLessThan(30);
  });

  it('by path and method', async () => {
    const port = await rehearse();
    await rehearsal.fault('error 500 path=/users method=GET');
    const statuses = [
      await send(port, '/users/7'),
      await send(port, '/orders'),
      await send(port, '/users', { method: 'POST', body: Buffer.from('x') }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([500, 200, 200]);
  });

  it('traffic alone: the backend looks healthy and fails', async () => {
    const port = await rehearse({ healthCheck: { interval: '100ms' } });
    await rehearsal.fault('error 500 affects=traffic');
    const { probes } = rehearsal.a;
    await until('it was probed again', () => rehearsal.a.probes > probes + 3);
    expect((await send(port)).status).toBe(500);
    expect((await rehearsal.backend('a')).health.health).toBe('up');
  });

  it('checks alone: it works and looks dead', async () => {
    const port = await rehearse({ healthCheck: { interval: '100ms' }, whenAllDown: 'refuse' });
    await rehearsal.fault('error 500 affects=checks');
    await until('it is down', async () => (await rehearsal.backend('a')).health.health === 'down');
    expect((await rehearsal.backend('a')).health.reason).toBe('HEAD / answered 500');
    expect((await send(port)).status).toBe(503);
    expect(rehearsal.a.requests).toEqual([]);
  });

  it.each([
    ['http', 'crash', 'connection refused'],
    ['http', 'hang', 'no answer within 100ms'],
    ['http', 'reset', 'connection reset'],
    ['http', 'latency 300ms', 'no answer within 100ms'],
    ['http', 'truncate 0', null],
    ['tcp', 'crash', 'connection refused'],
    ['tcp', 'hang', null],
  ])('a %s check that meets %s', async (type, fault, reason) => {
    await rehearse({ healthCheck: { type, interval: '100ms', timeout: '100ms' } });
    await rehearsal.fault(fault);
    const { length } = (await rehearsal.backend('a')).probes;
    await until(
      'it was probed',
      async () => (await rehearsal.backend('a')).probes.length > Math.min(55, length + 2),
    );
    const { health } = await rehearsal.backend('a');
    expect([health.health, reason === null ? null : health.reason]).toEqual([
      reason === null ? 'up' : 'down',
      reason,
    ]);
  });
});

describe('several faults', () => {
  it('compose', async () => {
    const port = await rehearse();
    await rehearsal.fault('latency 200ms', 'error 503', 'slicer 1000');
    const { status, headMs } = await send(port);
    expect(status).toBe(503);
    expect(headMs).toBeGreaterThan(199);
    const [exchange] = await rehearsal.exchanges();
    expect(exchange?.attempts[0]?.faults).toEqual(['latency 200 ms', 'error 503', 'sliced into 1000 bytes']);
  });

  it('are told of as events, and one that is over by itself too', async () => {
    const port = await rehearse();
    await rehearsal.fault('error 500 for=150ms', 'latency 1ms');
    expect((await send(port)).status).toBe(500);
    await until('it is over', async () => (await rehearsal.backend('a')).faults.length === 1);
    expect((await send(port)).status).toBe(200);
    await rehearsal.engine.engine.clearFaults(null);
    expect((await rehearsal.backend('a')).faults).toEqual([]);
    const events = (await rehearsal.engine.snapshot()).events.filter(({ kind }) => kind.startsWith('fault'));
    expect(events).toMatchObject([
      { kind: 'faults-set', pool: 'p', backend: 'a', faults: ['error 500 for=150ms', 'latency 1ms'] },
      { kind: 'fault-over', fault: 'error 500 for=150ms' },
      { kind: 'faults-set', faults: [] },
    ]);
  });

  it('stand in the config; those set later last until that changes', async () => {
    const port = await rehearse();
    const configWith = (weight: number, ...faults: string[]) =>
      configOf({
        listeners: [{ address: '127.0.0.1:0', defaultPool: 'p' }],
        pools: { p: { servers: [{ url: rehearsal.a.url, name: 'a', weight, faults }] } },
      });
    const apply = (config: ReturnType<typeof configWith>) =>
      rehearsal.engine.engine.apply({ config, options: { keepGoing: false } });
    await apply(configWith(1, 'error 500 affects=traffic'));
    expect((await send(port)).status).toBe(500);
    await rehearsal.fault();
    await apply(configWith(2, 'error 500 affects=traffic'));
    expect((await send(port)).status).toBe(200);
    await apply(configWith(2, 'error 502 affects=traffic'));
    expect((await send(port)).status).toBe(502);
  });
});

describe('a tunnel', () => {
  it('has the faults of its request, each message late by its own delay', async () => {
    const port = await rehearse();
    await rehearsal.fault('latency 150ms');
    const client = new RawClient(port);
    client.send('GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await client.receives('101 Switching Protocols');
    for (const word of ['one', 'two']) {
      const startMs = performance.now();
      client.send(word);
      await client.receives(word);
      expect(performance.now() - startMs).toBeGreaterThan(149);
    }
    await rehearsal.fault('crash');
    await client.ends();
    client.close();
  });
});
