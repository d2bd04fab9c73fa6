import { afterEach, describe, expect, it } from 'vitest';
import { type Rehearsal, send, startRehearsal } from '../../support/rehearsal.ts';
import { until } from '../../support/until.ts';

let rehearsal: Rehearsal;
afterEach(() => rehearsal.stop());

async function rehearse(pool: object = {}, only = false): Promise<{ port: number }> {
  rehearsal = await startRehearsal(pool, only);
  return { port: rehearsal.engine.port };
}

const times = <T>(count: number, run: () => Promise<T>) => Promise.all(Array.from({ length: count }, run));

describe('crash', () => {
  it('refuses connections: the request goes elsewhere, and the backend is found to be down', async () => {
    const { port } = await rehearse();
    await rehearsal.fault('crash');
    expect(await send(port)).toMatchObject({ status: 200, body: 'b' });
    expect(rehearsal.a.requests).toEqual([]);
    expect((await rehearsal.backend('a')).health).toMatchObject({
      health: 'down',
      reason: 'connection refused',
    });
    const [exchange] = await rehearsal.exchanges();
    expect(exchange?.attempts).toMatchObject([
      { backend: 'a', failure: 'connection refused', faults: ['crash'] },
      { backend: 'b', failure: null, faults: [] },
    ]);
  });

  it('cuts what is in flight: what is idempotent is done again elsewhere, what is not fails', async () => {
    const { port } = await rehearse();
    const got = send(port, '/hold');
    await until('it is in flight', () => rehearsal.a.requests.length === 1);
    await send(port);
    const posted = send(port, '/hold', { method: 'POST', body: Buffer.from('x') });
    await until('both are in flight', () => rehearsal.a.requests.length === 2);
    await rehearsal.fault('crash');
    await until('one was done again', () => rehearsal.b.requests.includes('GET /hold'));
    expect(await posted).toMatchObject({ status: 502, body: expect.stringContaining('connection reset') });
    await rehearsal.engine.stop();
    expect(await got).toMatchObject({ status: 503, body: expect.stringContaining('Switchyard stopped') });
  });

  it('ends when it is cleared: the next good probe takes the backend up', async () => {
    const { port } = await rehearse({ healthCheck: { interval: '100ms' } }, true);
    await rehearsal.fault('crash');
    await until('it is down', async () => (await rehearsal.backend('a')).health.health === 'down');
    expect((await send(port)).status).toBe(503);
    await rehearsal.fault();
    await until('it is up', async () => (await rehearsal.backend('a')).health.health === 'up');
    expect((await send(port)).status).toBe(200);
  });
});

describe('latency', () => {
  it('of 200 ± 40 ms is waited for, from 160 to 240 of them', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('latency 200ms±40ms');
    const rounds: number[][] = [];
    for (let round = 0; round < 15; round++)
      rounds.push((await times(16, () => send(port))).map(({ headMs }) => headMs).sort((x, y) => x - y));
    const taken = rounds.flat().sort((x, y) => x - y);
    const at = (share: number) => taken[Math.floor(share * (taken.length - 1))] ?? Number.NaN;
    expect(at(0)).toBeGreaterThan(159);
    expect(at(0.5)).toBeGreaterThan(190);
    expect(at(0.9)).toBeGreaterThan(222);
    // The machine and the way add to what is drawn, sometimes much: not to each request, nor in each round.
    expect(at(0)).toBeLessThan(180);
    expect(Math.min(...rounds.map((round) => round[8] ?? Number.NaN))).toBeLessThan(230);
    expect(Math.min(...rounds.map((round) => round[12] ?? Number.NaN))).toBeLessThan(260);
  });

  it('does not stretch a long answer, nor reorder it', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('latency 300ms');
    const { body, headMs, endMs } = await send(port, '/bytes/3000000');
    expect(body.length).toBe(3_000_000);
    expect(headMs).toBeGreaterThan(299);
    expect(endMs).toBeLessThan(headMs + 300);
  });

  it('takes no CPU while it waits', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('latency 1200ms');
    const all = times(200, () => send(port));
    await until('all are under way', () => rehearsal.a.requests.length === 200);
    const startMs = performance.now();
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000 / (performance.now() - startMs)).toBeLessThan(0.2);
    expect((await all).every(({ status }) => status === 200)).toBe(true);
  });

  it('towards the backend holds the request back', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('latency 300ms direction=to-backend');
    const asked = send(port);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(rehearsal.a.requests).toEqual([]);
    expect(await asked).toMatchObject({ status: 200, body: 'a' });
  });

  it('that is cleared lets go what it holds', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('latency 1h');
    const asked = send(port);
    await until('it is under way', () => rehearsal.a.requests.length === 1);
    await rehearsal.fault();
    expect(await asked).toMatchObject({ status: 200, body: 'a', isWhole: true });
  });
});

describe('bandwidth', () => {
  it.each([
    ['to the client', '', '/bytes/400000', undefined],
    ['to the backend', ' direction=to-backend', '/', Buffer.alloc(400_000)],
  ])('%s is within 5 %% of what it says', async (_way, direction, path, body) => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault(`bandwidth 500${direction}`);
    let fastestMs = Number.POSITIVE_INFINITY;
    // A machine that is busy makes it slower, and nothing makes it faster.
    for (let more = 8; more > 0 && fastestMs >= 800 * 1.05; more--) {
      const { endMs, isWhole } = await send(port, path, {
        method: body ? 'POST' : 'GET',
        ...(body ? { body } : {}),
      });
      expect(isWhole).toBe(true);
      // 400 KB at 500 KB/s; the head counts too, and the last portion waits for its 20 ms.
      expect(endMs).toBeGreaterThan(800 * 0.95);
      fastestMs = Math.min(fastestMs, endMs);
    }
    expect(fastestMs).toBeLessThan(800 * 1.05);
  });
});

describe('what takes the place of an answer', () => {
  it('hang: the backend hears nothing, and the timeout of the pool has its say', async () => {
    const { port } = await rehearse({ timeouts: { firstByte: '300ms' } });
    await rehearsal.fault('hang');
    const { status, body, headMs } = await send(port);
    expect([status, body]).toEqual([
      504,
      `${rehearsal.a.url} gave no response within 300ms (timeouts.firstByte).`,
    ]);
    expect(headMs).toBeGreaterThan(299);
    expect(rehearsal.a.requests).toEqual([]);
  });

  it('hang: when it is cleared, those who wait are served elsewhere', async () => {
    const { port } = await rehearse();
    await rehearsal.fault('hang');
    const asked = send(port);
    await until('it hangs', async () => (await rehearsal.backend('a')).faults[0]?.requestsHit === 1);
    await rehearsal.fault();
    expect(await asked).toMatchObject({ status: 200, body: 'b' });
  });

  it('error: status, body and Retry-After, and the connection goes on', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('error 429 body=later retryAfter=90s affects=traffic');
    const upload = { method: 'POST', body: Buffer.alloc(8_000_000) };
    for (const outcome of [await send(port), await send(port, '/', upload)]) {
      expect(outcome).toMatchObject({ status: 429, body: 'later', isWhole: true });
      expect(outcome.headers['retry-after']).toBe('90');
    }
    expect(await send(port, '/', { method: 'HEAD' })).toMatchObject({ status: 429, body: '', isWhole: true });
    expect(rehearsal.a.requests).toEqual([]);
  });

  it('reset at once: the request may be the reason, so it is sent to no other backend', async () => {
    const { port } = await rehearse({ policy: 'first-available' });
    await rehearsal.fault('reset');
    const posted = await send(port, '/', { method: 'POST', body: Buffer.from('x') });
    expect(posted).toMatchObject({ status: 502, body: expect.stringContaining('connection reset') });
    expect(await send(port)).toMatchObject({
      status: 502,
      body: expect.stringContaining('connection reset'),
    });
    expect([...rehearsal.a.requests, ...rehearsal.b.requests]).toEqual([]);
  });

  it.each([
    ['truncate 1000', 'connection closed'],
    ['reset 1000', 'connection reset'],
  ])('%s: so much of the body comes, and the client sees that it is not all', async (fault, failure) => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault(fault);
    const { status, body, isWhole } = await send(port, '/bytes/5000');
    expect([status, body, isWhole]).toEqual([200, 'a'.repeat(1_000), false]);
    expect((await rehearsal.exchanges())[0]?.attempts).toMatchObject([{ failure }]);
  });

  it('reset after a time: in the middle of an answer that takes longer', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('reset timeout=200ms', 'bandwidth 100');
    const { body, isWhole, endMs } = await send(port, '/bytes/100000');
    expect(isWhole).toBe(false);
    expect(body.length).toBeGreaterThan(5_000);
    expect(body.length).toBeLessThan(30_000);
    expect(endMs).toBeGreaterThan(199);
  });
});

describe('what makes an answer slow', () => {
  it('slow-headers: the head is whole after that time, and longer than a timeout is too long', async () => {
    const { port } = await rehearse({ timeouts: { firstByte: '600ms' } }, true);
    await rehearsal.fault('slow-headers 300ms');
    const { status, headMs } = await send(port);
    expect(status).toBe(200);
    expect(headMs).toBeGreaterThan(299);
    await rehearsal.fault('slow-headers 3s');
    expect((await send(port)).status).toBe(504);
  });

  it('slicer: an answer comes in fragments with pauses, and whole', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('slicer 500 delay=10ms');
    const { body, endMs } = await send(port, '/bytes/10000');
    expect(body).toBe('a'.repeat(10_000));
    expect(endMs).toBeGreaterThan(19 * 10);
  });

  it('slow-close: an answer that ends with its connection ends late', async () => {
    const { port } = await rehearse({}, true);
    await rehearsal.fault('slow-close 300ms');
    const { body, headMs, endMs } = await send(port, '/until-close');
    expect(body).toBe('whole');
    expect(endMs - headMs).toBeGreaterThan(250);
  });

  it('flap: it works, then it is crashed, then it works again', async () => {
    const { port } = await rehearse({ healthCheck: { interval: '100ms' } }, true);
    await rehearsal.fault('flap 400ms/400ms');
    const startMs = performance.now();
    const seen: { fromMs: number; toMs: number; isUp: boolean }[] = [];
    await until(
      'it is back',
      async () => {
        const fromMs = performance.now() - startMs;
        const isUp = (await send(port)).status === 200;
        seen.push({ fromMs, toMs: performance.now() - startMs, isUp });
        return isUp && fromMs > 800;
      },
      10_000,
    );
    // Those that began and ended between two changes.
    const within = (from: number, to: number) =>
      seen.filter(({ fromMs, toMs }) => fromMs > from && toMs < to);
    expect(new Set(within(0, 390).map(({ isUp }) => isUp))).toEqual(new Set([true]));
    expect(new Set(within(420, 790).map(({ isUp }) => isUp))).toEqual(new Set([false]));
  });
});
