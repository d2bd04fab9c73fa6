import { afterEach, expect, it } from 'vitest';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nVia: 1.1 cache\r\n\r\nok';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp(listener: object, pool: object = {}) {
  const backend = await startRawBackend(answering(OK));
  const engine = await startEngine(oneConfig([backend.url], pool, listener));
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
    () => client.close(),
  );
  const ask = async (...lines: string[]) => {
    client.text = '';
    client.send(['GET /x HTTP/1.1', 'Host: shop.example', ...lines, '', ''].join('\r\n'));
    const answer = await client.receives('ok');
    const got = backend.received.findLast((text) => text.includes('/x')) ?? '';
    return { answer, asked: got.slice(got.lastIndexOf('GET /x')).split('\r\n').slice(1, -2) };
  };
  const lastClient = async () => (await engine.engine.exchanges({ limit: 1 }))[0]?.client;
  return { ask, backend, engine, lastClient };
}

it('a proxy on this machine is believed, and the client in the log is the one it names', async () => {
  const { ask, lastClient } = await setUp({});
  const { asked } = await ask('X-Forwarded-For: 203.0.113.9', 'X-Forwarded-Proto: https');
  expect(asked).toContain('X-Forwarded-For: 203.0.113.9, 127.0.0.1');
  expect(asked).toContain('X-Forwarded-Proto: https');
  expect(await lastClient()).toBe('203.0.113.9');
});

it('one that is not trusted is not believed; a change of the list holds for connections that are open', async () => {
  const { ask, backend, engine, lastClient } = await setUp({});
  await ask();
  const applied = await engine.engine.apply({
    config: oneConfig([backend.url], {}, { trustedProxies: ['10.0.0.0/8'] }),
    options: { keepGoing: false },
  });
  expect(applied.ok).toBe(true);
  const { asked } = await ask('X-Forwarded-For: 203.0.113.9', 'Forwarded: for=203.0.113.9');
  expect(asked).toEqual([
    'Host: shop.example',
    'X-Forwarded-For: 127.0.0.1',
    'X-Forwarded-Host: shop.example',
    'X-Forwarded-Port: 80',
    'X-Forwarded-Proto: http',
    expect.stringMatching(/^CDN-Loop: switchyard-/),
  ]);
  expect(await lastClient()).toBe('127.0.0.1');
});

it('Forwarded and Via are added when asked for, Via to the answer too', async () => {
  const { ask } = await setUp({ forwarded: true, via: true });
  const { asked, answer } = await ask();
  expect(asked).toContain('Forwarded: for=127.0.0.1;host="shop.example";proto=http');
  expect(asked).toContain('Via: 1.1 switchyard');
  expect(answer).toContain('Via: 1.1 cache\r\n');
  expect(answer).toContain('Via: 1.1 switchyard\r\n');
});

it('the backend is named as Host when the pool says so', async () => {
  const { ask, backend } = await setUp({ allowedHosts: ['shop.example'] }, { hostHeader: 'backend' });
  const { asked } = await ask();
  expect(asked).toContain(`Host: 127.0.0.1:${backend.port}`);
  expect(asked).toContain('X-Forwarded-Host: shop.example');
});
