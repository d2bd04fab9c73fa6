import { Readable } from 'node:stream';
import fastify from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { oneConfig, startEngine, type TestEngine } from '../../support/test-engine.ts';

let engine: TestEngine;
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

beforeEach(async () => {
  const app = fastify({ trustProxy: '127.0.0.1', forceCloseConnections: true });
  app.get('/', () => 'home');
  app.get('/seen', ({ ip, protocol, host, hostname }) => ({ ip, protocol, host, hostname }));
  app.get('/users/:id', ({ params }) => ({ params }));
  app.get('/cookies', (_request, reply) => reply.header('Set-Cookie', ['a=1', 'b=2']).send('set'));
  app.get('/lines', (_request, reply) =>
    reply.type('text/plain').send(Readable.from(['one\n', 'two\n', 'three\n'])),
  );
  app.get('/broken', () => {
    throw new Error('no luck');
  });
  app.post(
    '/orders',
    { schema: { body: { type: 'object', required: ['count'], properties: { count: { type: 'integer' } } } } },
    async ({ body }, reply) => reply.code(201).header('Location', '/orders/1').send(body),
  );
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  stops.push(() => app.close());
  engine = await startEngine(oneConfig([url]));
  stops.push(() => engine.stop());
  await engine.settle();
});

const get = (path: string) => fetch(engine.url + path);

it('an app that trusts its proxy sees who asked, by what and for which host', async () => {
  const host = `127.0.0.1:${engine.port}`;
  expect(await (await get('/seen')).json()).toEqual({
    ip: '127.0.0.1',
    protocol: 'http',
    host,
    hostname: '127.0.0.1',
  });
});

it('paths, cookies and streams come through as they are', async () => {
  expect(await (await get('/users/J%C3%BCrg%2F1')).json()).toEqual({ params: { id: 'Jürg/1' } });
  expect((await get('/cookies')).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  const lines = await get('/lines');
  expect(lines.headers.get('transfer-encoding')).toBe('chunked');
  expect(await lines.text()).toBe('one\ntwo\nthree\n');
});

it('what the app refuses is its own answer', async () => {
  const post = (body: string) =>
    fetch(`${engine.url}/orders`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const made = await post('{"count":2}');
  expect([made.status, made.headers.get('location'), await made.json()]).toEqual([
    201,
    '/orders/1',
    { count: 2 },
  ]);
  const refused = await post('{"count":"two"}');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'FST_ERR_VALIDATION' });
  expect((await post('{"count":')).status).toBe(400);
  const broken = await get('/broken');
  expect([broken.status, ((await broken.json()) as { message: string }).message]).toEqual([500, 'no luck']);
  expect((await get('/nowhere')).status).toBe(404);
});
