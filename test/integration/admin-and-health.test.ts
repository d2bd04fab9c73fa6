import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { configOf, nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function httpBackend(
  port = 0,
  delayMs = 0,
): Promise<{ url: string; port: number; server: Server; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    setTimeout(() => response.end(`from ${port}`), request.method === 'HEAD' ? 0 : delayMs);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : 0;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  stops.push(stop);
  return { url: `http://127.0.0.1:${bound}`, port: bound, server, stop };
}

async function balance(config: Parameters<typeof startEngine>[0]): Promise<TestEngine> {
  const engine = await startEngine(config);
  stops.push(() => engine.stop());
  return engine;
}

async function counts(engine: TestEngine): Promise<number[]> {
  return (await engine.snapshot()).pools[0]?.backends.map((one) => one.counters.requests) ?? [];
}

const send = (engine: TestEngine, count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      fetch(engine.url).then(async (one) => [one.status, await one.text()] as const),
    ),
  );

describe('round robin', () => {
  it('is exact, one after the other', async () => {
    const backends = [await httpBackend(), await httpBackend(), await httpBackend()];
    const engine = await balance(oneConfig(backends.map((one) => one.url)));
    await engine.settle();
    const order: (string | null)[] = [];
    for (let count = 0; count < 7; count++) {
      const answer = await fetch(engine.url);
      await answer.text();
      order.push(answer.headers.get('x-forwarded-server'));
    }
    const [a, b, c] = backends.map((one) => one.url);
    expect(order).toEqual([a, b, c, a, b, c, a]);
  });

  it('is exact under concurrency', async () => {
    const backends = [await httpBackend(0, 5), await httpBackend(0, 1), await httpBackend(0, 9)];
    const engine = await balance(oneConfig(backends.map((one) => one.url)));
    await engine.settle();
    await send(engine, 300);
    expect(await counts(engine)).toEqual([100, 100, 100]);
  });
});

describe('health', () => {
  it('a backend that dies is out, no client sees it, and it is back when it answers again', async () => {
    const [first, second] = [await httpBackend(), await httpBackend()];
    const engine = await balance(oneConfig([first.url, second.url], { healthCheck: { interval: '100ms' } }));
    await engine.settle();
    await first.stop();
    const during = await send(engine, 50);
    expect(during.every(([status]) => status === 200)).toBe(true);
    const name = nameOf(first.url);
    await until(
      'the first is down',
      async () => (await engine.backend(name)).health.health === 'down',
      1_000,
    );
    await httpBackend(first.port);
    await until('the first is back', async () => (await engine.backend(name)).health.health === 'up', 1_000);
    const events = (await engine.snapshot()).events.map((event) => event.kind);
    expect(events).toEqual(['backend-down', 'backend-up', 'incident']);
    await engine.engine.resetCounters({ pool: 'p' });
    await send(engine, 20);
    expect(await counts(engine)).toEqual([10, 10]);
  });

  it('is never a request in the counts, and says what the probe got', async () => {
    const backend = await httpBackend();
    const engine = await balance(oneConfig([backend.url], { healthCheck: { interval: '100ms' } }));
    await until(
      'ten probes',
      async () => ((await engine.backend(nameOf(backend.url))).probes.length ?? 0) >= 10,
    );
    const { counters, health } = await engine.backend(nameOf(backend.url));
    expect(counters.requests).toBe(0);
    expect(health.reason).toBe('HEAD / → 200');
  });
});

describe('the toggle', () => {
  it('off: no new request at once, what is in flight is cut, and it is no health failure', async () => {
    const hanging = await startRawBackend((socket, text) => {
      if (text.includes('probe')) answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')(socket, text);
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart');
    });
    stops.push(() => hanging.stop());
    const other = await httpBackend();
    const engine = await balance(oneConfig([hanging.url, other.url]));
    await engine.settle();
    const client = new RawClient(engine.port).send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await client.receives('part');
    const key = { pool: 'p', backend: nameOf(hanging.url) };
    await engine.engine.setAdmin({ ...key, state: 'disabled' });
    await client.ends();
    const answers = await send(engine, 10);
    expect(answers.every(([status]) => status === 200)).toBe(true);
    const off = await engine.backend(key.backend);
    expect(off).toMatchObject({ admin: 'disabled', counters: { requests: 1, inFlight: 0, errors: 0 } });
    expect(off.health.health).toBe('up');
    client.close();
  });

  it('on: back in rotation at once', async () => {
    const [first, second] = [await httpBackend(), await httpBackend()];
    const engine = await balance(oneConfig([first.url, second.url]));
    await engine.settle();
    const key = { pool: 'p', backend: nameOf(first.url) };
    await engine.engine.setAdmin({ ...key, state: 'disabled' });
    await send(engine, 10);
    expect(await counts(engine)).toEqual([0, 10]);
    await engine.engine.setAdmin({ ...key, state: 'enabled' });
    await send(engine, 10);
    expect(await counts(engine)).toEqual([5, 15]);
  });

  it('drain: what is in flight finishes, nothing new comes', async () => {
    const [slow, other] = [await httpBackend(0, 150), await httpBackend()];
    const engine = await balance(oneConfig([slow.url, other.url]));
    await engine.settle();
    const inFlight = fetch(engine.url);
    const name = nameOf(slow.url);
    await until('one in flight', async () => (await engine.backend(name)).counters.inFlight === 1);
    await engine.engine.setAdmin({ pool: 'p', backend: name, state: 'draining' });
    await send(engine, 5);
    expect((await inFlight).status).toBe(200);
    expect(await counts(engine)).toEqual([1, 5]);
  });

  it('everything off: 503 with the words of the exercise', async () => {
    const only = await httpBackend();
    const engine = await balance(oneConfig([only.url]));
    await engine.engine.setAdmin({ pool: 'p', backend: nameOf(only.url), state: 'disabled' });
    const [[status, text] = [0, '']] = await send(engine, 1);
    expect(status).toBe(503);
    expect(text.split('\n')).toEqual([
      'No healthy server available',
      `${nameOf(only.url)}: switched off by you.`,
    ]);
  });
});

describe('a new config', () => {
  it('is applied under load without a failed request; unchanged backends keep counters and health', async () => {
    const [first, second, third] = [
      await httpBackend(0, 2),
      await httpBackend(0, 2),
      await httpBackend(0, 2),
    ];
    const engine = await balance(oneConfig([first.url, second.url]));
    await engine.settle();
    const statuses: number[] = [];
    let isOver = false;
    const load = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (!isOver)
          statuses.push(
            (await fetch(engine.url).then(async (one) => [one, await one.text()] as const))[0].status,
          );
      }),
    );
    const lists = [
      [first.url, second.url, third.url],
      [first.url, third.url],
      [first.url, second.url],
    ];
    for (const urls of lists) {
      const before = statuses.length;
      await engine.engine.apply({ config: oneConfig(urls), options: { keepGoing: false } });
      await until('more answers', () => statuses.length > before + 50);
    }
    isOver = true;
    await load;
    expect(new Set(statuses)).toEqual(new Set([200]));
    const kept = await engine.backend(nameOf(first.url));
    expect(kept.counters.requests).toBeGreaterThan(50);
    expect(kept.health.health).toBe('up');
  });

  it('that cannot be listened on changes nothing', async () => {
    const backend = await httpBackend();
    const engine = await balance(oneConfig([backend.url]));
    const taken = await httpBackend();
    const config = configOf({
      listeners: [{ address: `127.0.0.1:${taken.port}`, defaultPool: 'other' }],
      pools: { other: { servers: [backend.url] } },
    });
    const applied = await engine.engine.apply({ config, options: { keepGoing: false } });
    expect(applied).toMatchObject({ ok: false, error: { code: 'address-in-use' } });
    expect((await send(engine, 1))[0]?.[0]).toBe(200);
    expect((await engine.snapshot()).pools.map((pool) => pool.name)).toEqual(['p']);
  });

  it('serves several listeners, each with its pool', async () => {
    const [first, second] = [await httpBackend(), await httpBackend()];
    const config = configOf({
      listeners: [
        { name: 'one', address: '127.0.0.1:0', defaultPool: 'a' },
        { name: 'two', address: '[::1]:0', defaultPool: 'b' },
      ],
      pools: { a: { servers: [first.url] }, b: { servers: [second.url] } },
    });
    const engine = await balance(config);
    const urls = (await engine.snapshot()).listeners.map((one) => one.url);
    const servers = await Promise.all(
      urls.map(async (url) => (await fetch(url)).headers.get('x-forwarded-server')),
    );
    expect(servers).toEqual([first.url, second.url]);
  });
});

it('a listener without a host is reached over IPv4 and IPv6, and switched off and on', async () => {
  const backend = await httpBackend();
  const config = configOf({ port: 0, healthCheckInterval: '10m', servers: [backend.url] });
  const engine = await balance(config);
  expect((await fetch(`http://127.0.0.1:${engine.port}`)).status).toBe(200);
  expect((await fetch(`http://[::1]:${engine.port}`)).status).toBe(200);
  await engine.engine.setRunning({ isRunning: false });
  await expect(fetch(`http://127.0.0.1:${engine.port}`)).rejects.toThrow();
  await engine.engine.setRunning({ isRunning: true });
  const state = (await engine.snapshot()).listeners[0]?.state;
  expect(state?.kind === 'listening' && (await fetch(`http://127.0.0.1:${state.port}`)).status).toBe(200);
});

it('stopping lets what is in flight finish', async () => {
  const slow = await httpBackend(0, 200);
  const engine = await startEngine(oneConfig([slow.url]));
  await engine.settle();
  const answer = fetch(engine.url);
  await until('one in flight', async () => (await engine.backend(nameOf(slow.url))).counters.inFlight === 1);
  const stopped = engine.engine.stop({ graceMs: 5_000 });
  expect((await answer).status).toBe(200);
  await stopped;
});

it('stopping serves a connection that was made before, and has not asked yet', async () => {
  const backend = await httpBackend();
  const engine = await startEngine(oneConfig([backend.url]));
  await engine.settle();
  const client = new RawClient(engine.port);
  await until('it is connected', () => !client.socket.connecting);
  await new Promise((resolve) => setImmediate(resolve));
  const stopped = engine.engine.stop({ graceMs: 5_000 });
  client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  expect(await client.ends()).toMatch(/^HTTP\/1.1 200 [\s\S]*Connection: close\r\n/);
  client.close();
  await stopped;
});
