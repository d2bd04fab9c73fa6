import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A backend that answers when told to, and knows how many it had at a time. */
async function holding(name: string) {
  const held: { path: string; response: ServerResponse }[] = [];
  const seen: string[] = [];
  let most = 0;
  const server = createServer((request, response) => {
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    seen.push(request.url ?? '');
    held.push({ path: request.url ?? '', response });
    most = Math.max(most, held.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    name,
    url,
    seen,
    held,
    most: () => most,
    /** Answers the oldest. */
    answer: () => held.shift()?.response.end('done'),
  };
}

async function balance(servers: readonly unknown[], queue: object = {}) {
  const engine = await startEngine(oneConfig([], { servers, queue }));
  stops.push(() => engine.stop());
  await engine.settle();
  return engine;
}

function send(engine: TestEngine, path: string): RawClient {
  const client = new RawClient(engine.port);
  stops.push(() => client.close());
  return client.send(`GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`);
}

const waiting = async (engine: TestEngine) => (await engine.snapshot()).pools[0]?.waiting;

describe('a backend at its maxConnections', () => {
  it('is passed over while another can serve', async () => {
    const [a, b] = [await holding('a'), await holding('b')];
    const engine = await balance([{ url: a.url, maxConnections: 1 }, b.url]);
    for (let at = 0; at < 6; at++) {
      send(engine, `/${at}`);
      await until('it is held', () => a.seen.length + b.seen.length === at + 1);
    }
    expect([a.seen, b.seen]).toEqual([['/0'], ['/1', '/2', '/3', '/4', '/5']]);
    expect(await waiting(engine)).toBe(0);
  });

  it('never serves more at a time; the others wait, and are served in the order they came', async () => {
    const a = await holding('a');
    const engine = await balance([{ url: a.url, maxConnections: 2 }]);
    const clients: RawClient[] = [];
    for (let at = 0; at < 8; at++) {
      clients.push(send(engine, `/${at}`));
      await until('it has come', async () => a.held.length + ((await waiting(engine)) ?? 0) === at + 1);
    }
    expect(await waiting(engine)).toBe(6);
    for (let at = 0; at < 8; at++) {
      await until('the next is held', () => a.seen.length >= Math.min(8, at + 2));
      a.answer();
    }
    for (const client of clients) await client.receives('done');
    expect(a.seen).toEqual(['/0', '/1', '/2', '/3', '/4', '/5', '/6', '/7']);
    expect(a.most()).toBe(2);
    expect(await waiting(engine)).toBe(0);
  });
});

describe('a request that waits', () => {
  it('is answered 503 when its time is up, and says so', async () => {
    const a = await holding('a');
    const engine = await balance([{ url: a.url, maxConnections: 1 }], { timeout: '200ms' });
    send(engine, '/first');
    await until('it is held', () => a.held.length === 1);
    const late = send(engine, '/late');
    expect(await late.receives(/queue\.timeout\)\.$/)).toMatch(
      /^HTTP\/1.1 503 .*There was no backend free within 200ms \(queue\.timeout\)\.$/s,
    );
    expect(a.seen).toEqual(['/first']);
    expect((await engine.snapshot()).pools[0]?.unavailable).toBe(1);
  });

  it('is one of so many: the next is answered 503 at once', async () => {
    const a = await holding('a');
    const engine = await balance([{ url: a.url, maxConnections: 1 }], { size: 1 });
    send(engine, '/first');
    await until('it is held', () => a.held.length === 1);
    const second = send(engine, '/second');
    await until('it waits', async () => (await waiting(engine)) === 1);
    expect(await send(engine, '/third').receives(/pool p\.$/)).toMatch(
      /^HTTP\/1.1 503 .*Every backend is busy, and 1 requests wait already\. The limit is queue\.size of pool p\.$/s,
    );
    a.answer();
    await until('the second is held', () => a.held.length === 1);
    a.answer();
    await second.receives('done');
  });

  it('gives its place up when its client leaves', async () => {
    const a = await holding('a');
    const engine = await balance([{ url: a.url, maxConnections: 1 }]);
    send(engine, '/first');
    await until('it is held', () => a.held.length === 1);
    const leaver = send(engine, '/leaver');
    await until('it waits', async () => (await waiting(engine)) === 1);
    leaver.close();
    await until('nobody waits', async () => (await waiting(engine)) === 0);
    a.answer();
    await until('it is on record', async () => (await engine.engine.exchanges({ limit: 9 })).length === 2);
    expect(
      (await engine.engine.exchanges({ limit: 9 })).map(({ target, status }) => [target, status]),
    ).toEqual([
      ['/leaver', 499],
      ['/first', 200],
    ]);
    expect(a.seen).toEqual(['/first']);
  });

  it('has its body sent with it, however large', async () => {
    const a = await holding('a');
    const engine = await balance([{ url: a.url, maxConnections: 1 }]);
    send(engine, '/first');
    await until('it is held', () => a.held.length === 1);
    const body = 'x'.repeat(1_000_000);
    const client = new RawClient(engine.port);
    stops.push(() => client.close());
    client.send(`POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await until('it waits', async () => (await waiting(engine)) === 1);
    a.answer();
    await until('it is held', () => a.held.length === 1 && a.held[0]?.path === '/body');
    a.answer();
    await client.receives('done');
    const [, record] = await engine.engine.exchanges({ limit: 9 });
    expect(record).toMatchObject({ status: 200, bytesIn: body.length });
  });

  it('is served at once by a backend that is switched on, and refused when there is none left to wait for', async () => {
    const [a, b] = [await holding('a'), await holding('b')];
    const engine = await balance([
      { url: a.url, name: 'a', maxConnections: 1 },
      { url: b.url, name: 'b', maxConnections: 1 },
    ]);
    const set = (backend: string, state: 'enabled' | 'disabled') =>
      engine.engine.setAdmin({ pool: 'p', backend, state });
    await set('b', 'disabled');
    send(engine, '/first');
    await until('it is held', () => a.held.length === 1);
    send(engine, '/second');
    await until('it waits', async () => (await waiting(engine)) === 1);
    await set('b', 'enabled');
    await until('it is served', () => b.held.length === 1);
    const third = send(engine, '/third');
    await until('it waits', async () => (await waiting(engine)) === 1);
    await engine.engine.setAdmin({ pool: 'p', backend: 'a', state: 'draining' });
    await engine.engine.setAdmin({ pool: 'p', backend: 'b', state: 'draining' });
    expect(await third.receives(/available\n.*\n.*by you\.$/)).toMatch(/^HTTP\/1.1 503 /);
  });
});
