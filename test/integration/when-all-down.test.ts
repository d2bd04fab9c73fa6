import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { portOf } from '../support/listening.ts';

import { configOf, nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Its checks get `check`, everything else `traffic`. */
async function service(check: number, traffic = 200) {
  const state = { check, traffic, requests: 0 };
  const server = createServer((request, response) => {
    const isCheck = request.method === 'HEAD';
    if (!isCheck) state.requests++;
    response.writeHead(isCheck ? state.check : state.traffic).end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const url = `http://127.0.0.1:${portOf(server)}`;
  return Object.assign(state, { url });
}

async function balance(
  urls: readonly string[],
  pool: object = {},
  listener: object = {},
): Promise<TestEngine> {
  const engine = await startEngine(oneConfig(urls, pool, listener));
  stops.push(() => engine.stop());
  await engine.settle();
  return engine;
}

async function get(engine: TestEngine): Promise<{ status: number; by: string | null; lines: string[] }> {
  const response = await fetch(`${engine.url}/api`);
  const by = response.headers.get('x-forwarded-server');
  return { status: response.status, by, lines: (await response.text()).split('\n') };
}

const poolOf = async (engine: TestEngine) => (await engine.snapshot()).pools[0];
const kindsOf = async (engine: TestEngine) => (await engine.snapshot()).events.map(({ kind }) => kind);

describe('with "try"', () => {
  it.each([404, 401, 403, 400, 426, 500])('a service whose checks get %i is used', async (status) => {
    const engine = await balance([(await service(status)).url]);
    expect((await get(engine)).status).toBe(200);
    expect(await poolOf(engine)).toMatchObject({
      whenAllDown: 'try',
      isTryingAnyway: true,
      triedAnyway: 1,
      unavailable: 0,
      backends: [{ health: { health: 'down', cause: { kind: 'status', status } } }],
    });
    expect(await kindsOf(engine)).toEqual(['backend-down', 'tries-anyway']);
  });

  it('says so in the log and in the reason of the pick', async () => {
    const engine = await balance([(await service(404)).url]);
    await engine.engine.watch(null);
    await get(engine);
    const [line] = await engine.engine.showLog({ isShown: true });
    const found = await engine.engine.exchange({ id: line?.id ?? 0 });
    expect(found).toMatchObject({
      ok: true,
      value: {
        attempts: [
          {
            why: {
              words: 'every backend is down by its checks, and it may still respond: it was its turn',
              candidates: [{ health: 'down', leftOut: null }],
            },
          },
        ],
      },
    });
  });

  it('ends when one is up again, and tells how many requests were tried', async () => {
    const backend = await service(500);
    const engine = await balance([backend.url], { healthCheck: { interval: '100ms' } });
    await get(engine);
    await get(engine);
    backend.check = 200;
    await until('it is up', async () => !(await poolOf(engine))?.isTryingAnyway);
    const { events } = await engine.snapshot();
    expect(events.filter(({ kind }) => kind === 'tries-anyway')).toMatchObject([
      { isOn: true, requests: 0 },
      { isOn: false, requests: 2 },
    ]);
  });

  it('a backend whose checks get 500 is out while another does better', async () => {
    const [bad, good] = [await service(500), await service(200)];
    const engine = await balance([bad.url, good.url]);
    for (let at = 0; at < 4; at++) expect((await get(engine)).by).toBe(good.url);
    await engine.engine.setAdmin({ pool: 'p', backend: nameOf(good.url), state: 'disabled' });
    expect((await get(engine)).by).toBe(bad.url);
    expect(good.requests).toBe(4);
  });

  it('the policy decides among those that are tried', async () => {
    const [a, b] = [await service(500), await service(404)];
    const engine = await balance([a.url, b.url]);
    const by: (string | null)[] = [];
    for (let at = 0; at < 4; at++) by.push((await get(engine)).by);
    expect(by).toEqual([a.url, b.url, a.url, b.url]);
  });

  it('one that refuses connections is not tried: 503 at once', async () => {
    // Port 9 is discard, which nothing listens on.
    const url = 'http://127.0.0.1:9';
    const engine = await balance([url]);
    const startedAt = performance.now();
    const { status, lines } = await get(engine);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(status).toBe(503);
    expect(lines).toEqual([
      'No healthy server available',
      `${nameOf(url)}: connection refused. Start the service, or correct its port.`,
    ]);
    expect(await poolOf(engine)).toMatchObject({ isTryingAnyway: false, triedAnyway: 0, unavailable: 1 });
  });

  it('what the user decided holds: off and forced down are not tried', async () => {
    const [off, forced] = [await service(200), await service(404)];
    const engine = await balance([off.url, forced.url]);
    await engine.engine.setAdmin({ pool: 'p', backend: nameOf(off.url), state: 'disabled' });
    await engine.engine.forceHealth({ pool: 'p', backend: nameOf(forced.url), forced: 'down' });
    const { status, lines } = await get(engine);
    expect(status).toBe(503);
    expect(lines).toEqual([
      'No healthy server available',
      `${nameOf(off.url)}: switched off by you.`,
      `${nameOf(forced.url)}: forced down by you.`,
    ]);
    expect([off.requests, forced.requests]).toEqual([0, 0]);
  });

  it('ejected ones come last, after those that are down by their checks', async () => {
    const [ejected, down] = [await service(200, 500), await service(404)];
    const outliers = { consecutive: 1, ejection: '10m', maxEjected: 100 };
    const engine = await balance([ejected.url, down.url], { outliers });
    expect(await get(engine)).toMatchObject({ status: 500, by: ejected.url });
    expect(await get(engine)).toMatchObject({ status: 200, by: down.url });
    await engine.engine.setAdmin({ pool: 'p', backend: nameOf(down.url), state: 'disabled' });
    expect(await get(engine)).toMatchObject({ status: 500, by: ejected.url });
  });

  it('a connection that is kept is used again, and sent anew when it had been closed', async () => {
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      response.writeHead(request.url === '/' ? 404 : 200).end('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const port = portOf(server);
    const engine = await balance([`http://127.0.0.1:${port}`]);
    for (let at = 0; at < 5; at++) {
      expect((await get(engine)).status).toBe(200);
      if (at % 2 === 1) server.closeAllConnections();
    }
  });
});

describe('with "refuse"', () => {
  it('the response is 503, with the reason of each backend and what to do', async () => {
    const [a, b] = [await service(404), await service(401)];
    const engine = await balance([a.url, b.url], { whenAllDown: 'refuse' });
    const { status, lines } = await get(engine);
    expect(status).toBe(503);
    expect(lines).toEqual([
      'No healthy server available',
      `${nameOf(a.url)}: HEAD / answered 404. Set a health check "path", or "type": "tcp".`,
      `${nameOf(b.url)}: HEAD / answered 401. Set credentials in the health check's "headers", or add 401 to "expectedStatus".`,
    ]);
    expect([a.requests, b.requests]).toEqual([0, 0]);
    expect(await kindsOf(engine)).toEqual(['backend-down', 'backend-down']);
  });

  it('the response is the first line alone when backends are not to be exposed', async () => {
    const engine = await balance(
      [(await service(404)).url],
      { whenAllDown: 'refuse' },
      { exposeBackend: false },
    );
    expect(await get(engine)).toMatchObject({ status: 503, lines: ['No healthy server available'] });
  });

  it('lists ten backends, and says how many more there are', async () => {
    const urls = await Promise.all(Array.from({ length: 12 }, async () => (await service(404)).url));
    const { lines } = await get(await balance(urls, { whenAllDown: 'refuse' }));
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('and 2 more');
  });
});

describe('the simple form', () => {
  const start = async (fields: object) => {
    const { url } = await service(404);
    const engine = await startEngine(configOf({ port: '127.0.0.1:0', servers: [url], ...fields }));
    stops.push(() => engine.stop());
    await engine.settle();
    return engine;
  };

  it('refuses unless it says otherwise', async () => {
    const { status, lines } = await get(await start({}));
    expect([status, lines[0]]).toEqual([503, 'No healthy server available']);
    expect((await get(await start({ whenAllDown: 'try' }))).status).toBe(200);
  });
});
