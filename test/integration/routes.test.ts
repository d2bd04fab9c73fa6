import { afterEach, describe, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { configOf, startEngine } from '../support/test-engine.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function named(name: string) {
  const backend = await startRawBackend((socket, text) => {
    if (text.endsWith('\r\n\r\n'))
      socket.write(`HTTP/1.1 200 OK\r\nServer: raw\r\nContent-Length: ${name.length}\r\n\r\n${name}`);
  });
  stops.push(() => backend.stop());
  return backend;
}

async function setUp(routes: readonly object[]) {
  const [users, orders] = [await named('<users>'), await named('<orders>')];
  const config = (list: readonly object[]) =>
    configOf({
      listeners: [{ address: '127.0.0.1:0', defaultPool: 'orders', routes: list }],
      pools: { users: { servers: [users.url] }, orders: { servers: [orders.url] } },
    });
  const engine = await startEngine(config(routes));
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(
    () => engine.stop(),
    () => client.close(),
  );
  const ask = async (target: string, host = 'localhost', lines = '') => {
    client.text = '';
    client.send(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${lines}\r\n`);
    return client.receives(/<\w+>$|Content-Length: 0\r\n\r\n$|^HTTP\/1.1 204 .*\r\n\r\n$/s);
  };
  const lastAt = (backend: typeof users) =>
    backend.received
      .filter((text) => !text.includes('switchyard-probe'))
      .join('')
      .split('\r\n\r\n')
      .at(-2) ?? '';
  return { ask, users, orders, lastAt, engine, config, client };
}

it('several services stand behind one door, by host and by path, over one connection', async () => {
  const { ask, users, lastAt } = await setUp([
    { host: 'users.localhost', pool: 'users' },
    { path: '/users', pool: 'users', stripPrefix: true },
  ]);
  expect(await ask('/', 'users.localhost:8080')).toContain('<users>');
  expect(await ask('/users/7?q=1')).toContain('<users>');
  const head = lastAt(users);
  expect(head).toMatch(/^GET \/7\?q=1 HTTP\/1.1\r\n/);
  expect(head).toContain('X-Forwarded-Prefix: /users');
  expect(head).toContain('Host: localhost');
  expect(await ask('/else')).toContain('<orders>');
});

it('headers of requests and answers are set and taken off as the route says', async () => {
  const { ask, users, lastAt } = await setUp([
    {
      path: '/users',
      pool: 'users',
      requestHeaders: { set: { 'X-Team': 'blue' }, remove: ['Cookie'] },
      responseHeaders: { set: { 'Cache-Control': 'no-store' }, remove: ['server'] },
    },
  ]);
  const answer = await ask('/users', 'h', 'x-team: red\r\nCookie: a=b\r\nX-Kept: 1\r\n');
  const head = lastAt(users);
  expect(head).toContain('X-Team: blue');
  expect(head).toContain('X-Kept: 1');
  expect(head).not.toMatch(/red|Cookie/);
  expect(answer).toContain('Cache-Control: no-store\r\n');
  expect(answer).not.toContain('Server: raw');
});

describe('without a backend', () => {
  it('a fixed answer and a redirect keep the connection, and are on record', async () => {
    const { ask, engine } = await setUp([
      { path: '/ping', respond: { status: 201, body: '<pong>', contentType: 'text/html' } },
      { path: '/old', redirect: { to: '/new', status: 308 } },
      { path: '/none', respond: { status: 204 } },
    ]);
    expect(await ask('/ping')).toMatch(
      /^HTTP\/1.1 201 .*\r\nContent-Type: text\/html\r\nContent-Length: 6\r\n\r\n<pong>$/s,
    );
    expect(await ask('/old/a?b')).toMatch(
      /^HTTP\/1.1 308 Permanent Redirect\r\n.*Location: \/new\/a\?b\r\n/s,
    );
    expect(await ask('/none')).toMatch(/^HTTP\/1.1 204 No Content\r\nDate: [^\r]+\r\n\r\n$/);
    expect(await ask('/else')).toContain('<orders>');
    const records = await engine.engine.exchanges({ limit: 9 });
    expect(records.map(({ target, pool, status, backend }) => [target, pool, status, backend])).toEqual([
      ['/ping', null, 201, null],
      ['/old/a?b', null, 308, null],
      ['/none', null, 204, null],
      ['/else', 'orders', 200, expect.any(String)],
    ]);
  });

  it('a HEAD gets no body, and a request with a body ends the connection', async () => {
    const { client } = await setUp([{ path: '/ping', respond: { body: '<pong>' } }]);
    client.send('HEAD /ping HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(await client.receives('\r\n\r\n')).toMatch(/Content-Length: 6\r\n\r\n$/);
    client.text = '';
    client.send(
      'POST /ping HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: h\r\n\r\n',
    );
    expect(await client.ends()).toMatch(/^HTTP\/1.1 200 OK\r\n.*Connection: close\r\n\r\n<pong>$/s);
  });
});

it('new routes hold at once, for connections that are open too', async () => {
  const { ask, engine, config, users, orders } = await setUp([]);
  expect(await ask('/users')).toContain('<orders>');
  const applied = await engine.engine.apply({
    config: config([{ path: '/users', pool: 'users' }]),
    options: { keepGoing: false },
  });
  expect(applied.ok).toBe(true);
  expect(await ask('/users')).toContain('<users>');
  expect([users.received.length > 0, orders.received.length > 0]).toEqual([true, true]);
});
