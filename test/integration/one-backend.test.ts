import { afterEach, expect, it } from 'vitest';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';

const OK = answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function balance(...urls: string[]): Promise<TestEngine> {
  const engine = await startEngine(oneConfig(urls));
  stops.push(() => engine.stop());
  await engine.settle();
  return engine;
}

it('drops what is in flight at one backend, which stays in rotation and has not failed', async () => {
  const hanging = await startRawBackend((socket, text) => {
    if (text.includes('/hang')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart');
    else OK(socket, text);
  });
  stops.push(() => hanging.stop());
  const engine = await balance(hanging.url);
  const client = new RawClient(engine.port).send('GET /hang HTTP/1.1\r\nHost: h\r\n\r\n');
  await client.receives('part');
  const key = { pool: 'p', backend: nameOf(hanging.url) };
  expect(await engine.engine.dropConnections(key)).toEqual({ ok: true, value: null });
  await client.ends();
  client.close();
  expect((await fetch(engine.url)).status).toBe(200);
  const after = await engine.backend(key.backend);
  expect(after).toMatchObject({ admin: 'enabled', counters: { inFlight: 0, errors: 0 } });
  expect(after.health.health).toBe('up');
});

it('forgets the counters of one backend alone', async () => {
  const backends = [await startRawBackend(OK), await startRawBackend(OK)];
  for (const backend of backends) stops.push(() => backend.stop());
  const [first = '', second = ''] = backends.map(({ url }) => url);
  const engine = await balance(first, second);
  for (let count = 0; count < 4; count++) await (await fetch(engine.url)).text();
  expect(await engine.engine.resetCounters({ pool: 'p', backend: nameOf(first) })).toEqual({
    ok: true,
    value: null,
  });
  expect((await engine.backend(nameOf(first))).counters.requests).toBe(0);
  expect((await engine.backend(nameOf(second))).counters.requests).toBe(2);
  expect(await engine.engine.resetCounters({ pool: 'p', backend: 'nobody' })).toMatchObject({ ok: false });
});
