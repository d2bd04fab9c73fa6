import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { listening } from '../support/listening.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';

const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const unchecked = { healthCheck: { type: 'off' } };
/** The hop mark is kept whoever is believed. */
const untrusting = { trustedProxies: [] };

async function balance(url: string) {
  const engine = await startEngine(oneConfig([url], unchecked, untrusting));
  stops.push(() => engine.stop());
  return engine;
}

it('two balancers that lead to each other say so with 508, after one round', async () => {
  const first = await balance('http://127.0.0.1:9');
  const second = await balance(first.url);
  const applied = await first.engine.apply({
    config: oneConfig([second.url], unchecked, untrusting),
    options: { keepGoing: false },
  });
  expect(applied.ok).toBe(true);
  const response = await fetch(second.url);
  expect(response.status).toBe(508);
  expect(response.headers.get('proxy-status')).toContain('proxy_loop_detected');
  expect(await response.text()).toContain('has passed through this Switchyard before');
  // One request at each, and the refused one.
  expect((await second.engine.exchanges({ limit: 10 })).map(({ status }) => status)).toEqual([508, 508]);
  expect((await first.engine.exchanges({ limit: 10 })).map(({ status }) => status)).toEqual([508]);
});

it('one balancer in front of another is no loop; the service sees both marks', async () => {
  const server = createServer((request, response) => response.end(request.headers['cdn-loop']));
  const service = await balance(`http://127.0.0.1:${await listen(server)}`);
  const front = await balance(service.url);
  const response = await fetch(front.url);
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/^switchyard-[0-9a-f]{12}, switchyard-[0-9a-f]{12}$/);
});
