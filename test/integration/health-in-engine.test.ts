import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { healthCheckSchema } from '../../shared/config/health-check-schema.ts';
import { listening } from '../support/listening.ts';
import { configOf, nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const TLS = join(import.meta.dirname, '../support/tls');
const listen = listening();
const engines: TestEngine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
});

async function balance(config: Parameters<typeof startEngine>[0]): Promise<TestEngine> {
  const engine = await startEngine(config);
  engines.push(engine);
  return engine;
}

const serve = async (handler: RequestListener) => `http://127.0.0.1:${await listen(createServer(handler))}`;
const ok: RequestListener = (_request, response) => response.end('ok');

it('a backend that is not checked is used, and stays in when it refuses', async () => {
  const url = await serve(ok);
  const servers = [url, 'http://127.0.0.1:9'];
  const engine = await balance(oneConfig([], { servers, healthCheck: { type: 'off' } }));
  for (let count = 0; count < 4; count++) expect((await fetch(engine.url)).status).toBe(200);
  const standing = (await engine.snapshot()).pools[0]?.backends.map((one) => one.health);
  expect(standing).toMatchObject(Array(2).fill({ health: 'unknown', reason: 'not checked' }));
  const asked = await engine.engine.probeNow({ pool: 'p', backend: nameOf(url) });
  expect(asked).toEqual({
    ok: false,
    error: { code: 'refused', message: `${nameOf(url)} is not checked: the type of its check is "off".` },
  });
});

it('two pools with the same address keep their own health', async () => {
  const url = await serve(({ url: path }, response) =>
    response.writeHead(path === '/good' ? 200 : 500).end(),
  );
  const engine = await balance(
    configOf({
      listeners: [{ address: '127.0.0.1:0', defaultPool: 'a' }],
      pools: {
        a: { servers: [url], healthCheck: { path: '/good' } },
        b: { servers: [url], healthCheck: { path: '/bad' } },
      },
    }),
  );
  await engine.settle();
  expect((await engine.snapshot()).pools.map(({ backends }) => backends[0]?.health)).toMatchObject([
    { health: 'up', reason: 'HEAD /good → 200' },
    { health: 'down', reason: 'HEAD /bad answered 500', cause: { kind: 'status', status: 500 } },
  ]);
});

it('probes are counted nowhere', async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked++;
    response.end();
  });
  const engine = await balance(oneConfig([url], { healthCheck: { interval: '100ms' } }));
  await until('it was probed ten times', () => asked >= 10);
  const { pools, seconds } = await engine.snapshot();
  expect(pools[0]?.backends[0]?.counters).toMatchObject({ requests: 0, byClass: [0, 0, 0, 0, 0], errors: 0 });
  expect([seconds, await engine.engine.exchanges({ limit: 10 })]).toEqual([[], []]);
});

it('a backend that is the balancer itself is down and named, whoever else is in the pool', async () => {
  const first = await balance(configOf({ port: '127.0.0.1:0', servers: ['http://127.0.0.1:9'] }));
  const { port } = first;
  await first.stop();
  const own = `http://127.0.0.1:${port}`;
  const engine = await balance(
    configOf({
      listeners: [{ address: `127.0.0.1:${port}`, defaultPool: 'p' }],
      pools: { p: { servers: [await serve(ok), own], healthCheck: { interval: '100ms' } } },
    }),
  );
  await until('it was probed five times', async () => (await engine.backend(nameOf(own))).probes.length >= 5);
  const { probes, health, counters } = await engine.backend(nameOf(own));
  const words = 'HEAD / answered 508; this URL is Switchyard itself: set it to your server';
  expect(health.health).toBe('down');
  // What takes longer than such a short interval says so behind it.
  for (const said of [health.reason, ...probes.map((probe) => probe.words)])
    expect(said.startsWith(words), said).toBe(true);
  expect(counters.requests).toBe(0);
});

it('each change of health is an event with its cause, its time and how long it was otherwise', async () => {
  let status = 200;
  const url = await serve((_request, response) => response.writeHead(status).end());
  const healthCheck = { interval: '100ms' };
  const engine = await balance(oneConfig([url], { healthCheck, whenAllDown: 'refuse' }));
  const became = (health: string) =>
    until(health, async () => (await engine.backend(nameOf(url))).health.health === health);
  await became('up');
  const before = Date.now();
  status = 500;
  await became('down');
  status = 200;
  await became('up');
  const key = { pool: 'p', backend: nameOf(url) };
  const { events } = await engine.snapshot();
  expect(events).toMatchObject([
    { ...key, kind: 'backend-down', reason: 'HEAD / answered 500', upMs: expect.any(Number) },
    { ...key, kind: 'backend-up', reason: 'HEAD / → 200', downMs: expect.any(Number) },
    { ...key, kind: 'incident', incident: { markedDownAt: expect.any(Number), failed: 0 } },
  ]);
  const [down, up] = events;
  expect(down?.at).toBeGreaterThanOrEqual(before);
  expect(up?.kind === 'backend-up' && up.downMs).toBeLessThanOrEqual((up?.at ?? 0) - (down?.at ?? 0) + 1);
});

it('a backend found down by its first probe had never been up', async () => {
  const engine = await balance(oneConfig(['http://127.0.0.1:9']));
  await engine.settle();
  expect((await engine.snapshot()).events).toMatchObject([{ kind: 'backend-down', upMs: null }]);
});

it('a certificate that is accepted from now on is accepted by the probe too', async () => {
  const options = { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(join(TLS, 'cert.pem')) };
  const url = `https://127.0.0.1:${await listen(createHttpsServer(options, ok))}`;
  const configWith = (insecure: boolean) => oneConfig([], { servers: [{ url, name: 'b', insecure }] });
  const engine = await balance(configWith(false));
  await engine.settle();
  expect((await engine.backend('b')).health.health).toBe('down');
  await engine.engine.apply({ config: configWith(true), options: { keepGoing: false } });
  await until('it is up', async () => (await engine.backend('b')).health.health === 'up');
});

it.each(['127.0.0.1', '::1'])('probe and proxy agree on a localhost open on %s', async (host) => {
  const port = await listen(createServer(ok), host);
  const engine = await balance(oneConfig([`http://localhost:${port}`]));
  await engine.settle();
  const { health } = (await engine.backend(`localhost:${port}`)).health;
  // Where localhost has one address only, the other is out of reach for both.
  expect((await fetch(engine.url)).status).toBe(health === 'up' ? 200 : 503);
});

describe('tryProbe', () => {
  it('says what a probe gets right now, and leaves health as it is', async () => {
    const url = await serve(({ url: path }, response) => {
      response.setHeader('X-Who', 'b');
      response.writeHead(path === '/' ? 200 : 503).end('warming up');
    });
    const key = { pool: 'p', backend: nameOf(url) };
    const engine = await balance(oneConfig([url]));
    await engine.settle();
    const healthCheck = healthCheckSchema.parse({ method: 'GET', path: '/ready' });
    expect(await engine.engine.tryProbe({ ...key, healthCheck })).toEqual({
      ok: true,
      value: {
        passed: false,
        words: 'GET /ready answered 503',
        cause: { kind: 'status', status: 503 },
        durationMs: expect.any(Number),
        status: 503,
        headers: expect.objectContaining({ 'x-who': 'b' }),
        bodyStart: 'warming up',
      },
    });
    const { health, probes } = await engine.backend(nameOf(url));
    expect([health.health, probes.length]).toEqual(['up', 1]);
  });

  it('has no probe to try for a check that is off, nor a backend that is not there', async () => {
    const engine = await balance(oneConfig(['http://127.0.0.1:9']));
    const off = healthCheckSchema.parse({ type: 'off' });
    const key = { pool: 'p', backend: '127.0.0.1:9' };
    expect(await engine.engine.tryProbe({ ...key, healthCheck: off })).toMatchObject({
      error: { code: 'refused' },
    });
    expect(await engine.engine.tryProbe({ ...key, backend: 'x', healthCheck: off })).toMatchObject({
      error: { code: 'unknown-backend' },
    });
  });

  it('is answered when the engine stops first', async () => {
    let hasArrived = false;
    const url = await serve(() => {
      hasArrived = true;
    });
    const engine = await balance(oneConfig([url], { healthCheck: { type: 'off' } }));
    const healthCheck = healthCheckSchema.parse({ timeout: '10m' });
    const trial = engine.engine.tryProbe({ pool: 'p', backend: nameOf(url), healthCheck });
    await until('it was asked', () => hasArrived);
    await engine.stop();
    expect(await trial).toMatchObject({ ok: false, error: { code: 'engine-unavailable' } });
  });
});
