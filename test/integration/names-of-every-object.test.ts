import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { listening } from '../support/listening.ts';
import { configOf, startEngine, type TestEngine } from '../support/test-engine.ts';

const listen = listening();
let engine: TestEngine;
afterEach(() => engine.stop());

/** Names that every JavaScript object has, so that a lookup by name must not find those. */
const [POOL, OTHER, BACKEND, HOST, HEADER] = [
  'constructor',
  'hasOwnProperty',
  'toString',
  'valueof',
  'isprototypeof',
];

it('pools, backends, hosts and headers with the names of what every object has are served like any other', async () => {
  const serve = async (text: string) =>
    `http://127.0.0.1:${await listen(
      createServer((request, response) => response.end(`${text} ${request.headers[HEADER] ?? ''}`)),
    )}`;
  const [first, second] = [await serve('first'), await serve('second')];
  const route = {
    host: HOST,
    pool: OTHER,
    requestHeaders: { set: { [HEADER]: 'x' } },
  };
  engine = await startEngine(
    configOf({
      listeners: [
        { address: '127.0.0.1:0', defaultPool: POOL, routes: [route, { path: '/__proto__', pool: OTHER }] },
      ],
      pools: {
        [POOL]: { servers: [{ url: first, name: BACKEND }] },
        [OTHER]: { servers: [{ url: second, name: BACKEND }] },
      },
    }),
  );
  const ask = async (path: string, host?: string) => {
    const { Agent, request } = await import('undici');
    const dispatcher = new Agent();
    const response = await request(`${engine.url}${path}`, {
      dispatcher,
      ...(host && { headers: { host } }),
    });
    const text = await response.body.text();
    await dispatcher.close();
    return text.trim();
  };
  expect([await ask('/'), await ask('/', HOST), await ask('/__proto__')]).toEqual([
    'first',
    'second x',
    'second',
  ]);
  const { pools } = await engine.snapshot();
  expect(
    pools.map(({ name, backends }) => [name, backends[0]?.name, backends[0]?.counters.requests]),
  ).toEqual([
    [POOL, BACKEND, 1],
    [OTHER, BACKEND, 2],
  ]);
  expect(await engine.engine.setAdmin({ pool: POOL, backend: BACKEND, state: 'disabled' })).toMatchObject({
    ok: true,
  });
});
