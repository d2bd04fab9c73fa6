import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { portOf } from '../support/listening.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** While it is busy nothing gets a response, checks neither: as a server with one thread; `/work` makes it so. */
async function setUp(healthCheck: object = {}) {
  const state = { isBusy: false };
  const waiting: ServerResponse[] = [];
  const server = createServer(({ url }, response) => {
    if (url === '/work') state.isBusy = true;
    if (state.isBusy) waiting.push(response);
    else response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const url = `http://127.0.0.1:${portOf(server)}`;
  const check = { interval: '100ms', timeout: '100ms', ...healthCheck };
  const servers = [{ url, name: 'a' }];
  const engine = await startEngine(oneConfig([], { servers, healthCheck: check, whenAllDown: 'refuse' }));
  stops.push(() => engine.stop());
  await engine.settle();
  const finish = () => {
    state.isBusy = false;
    for (const response of waiting.splice(0)) response.end('ok');
  };
  const health = async () => (await engine.backend('a')).health;
  const kinds = async () => (await engine.snapshot()).events.map(({ kind }) => kind);
  return { engine, state, waiting, finish, health, kinds };
}

describe('a backend that does not respond to its probes', () => {
  it('is busy, not down, while it serves a request; others are sent to it and wait', async () => {
    const { engine, waiting, finish, health, kinds } = await setUp();
    const first = fetch(`${engine.url}/work`);
    await until('it has the request', () => waiting.some(({ req }) => req.method === 'GET'));
    await until('it is busy', async () => (await health()).busy !== undefined);
    expect(await health()).toMatchObject({
      health: 'up',
      busy: { reason: 'no answer within 100ms; busy with 1 request', since: expect.any(Number) },
    });
    const second = fetch(engine.url);
    await until('it has both', async () => (await engine.backend('a')).counters.inFlight === 2);
    finish();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    await until('it is not busy', async () => (await health()).busy === undefined);
    expect((await health()).health).toBe('up');
    expect(await kinds()).toEqual(['backend-busy', 'backend-busy']);
    const failed = (await engine.backend('a')).probes.find(({ passed }) => !passed);
    expect(failed?.cause).toEqual({ kind: 'busy' });
  });

  it('is down when nothing comes from it for ten timeouts', async () => {
    const { engine, finish, health, kinds } = await setUp();
    const first = fetch(`${engine.url}/work`);
    await until('it is down', async () => (await health()).health === 'down');
    expect(await health()).toMatchObject({ cause: { kind: 'timeout' } });
    expect(await health()).not.toHaveProperty('busy');
    expect((await kinds()).slice(0, 2)).toEqual(['backend-busy', 'backend-down']);
    finish();
    expect((await first).status).toBe(200);
  });

  it('is down at once when it serves no request', async () => {
    const { state, health, kinds } = await setUp();
    state.isBusy = true;
    await until('it is down', async () => (await health()).health === 'down');
    expect(await kinds()).toEqual(['backend-down']);
  });

  it('stays busy while its responses go on, however long', async () => {
    const { engine, waiting, finish, health, kinds } = await setUp({
      timeout: '50ms',
      interval: '100ms',
    });
    const stream = fetch(`${engine.url}/work`);
    const ofRequest = () => waiting.find(({ req }) => req.method === 'GET');
    await until('it has the request', () => ofRequest() !== undefined);
    const response = ofRequest();
    const timer = setInterval(() => response?.write('x'), 20);
    stops.push(() => clearInterval(timer));
    const since = Date.now();
    await until('ten timeouts have passed and more', () => Date.now() - since > 900);
    expect((await health()).health).toBe('up');
    expect(await kinds()).not.toContain('backend-down');
    clearInterval(timer);
    finish();
    expect((await stream).status).toBe(200);
  });
});
