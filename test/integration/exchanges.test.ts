import { afterEach, expect, it } from 'vitest';
import { answering, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { configOf, nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function backend(onData: Parameters<typeof startRawBackend>[0]) {
  const started = await startRawBackend(onData);
  stops.push(() => started.stop());
  return started;
}

async function balance(config: ReturnType<typeof oneConfig>) {
  const engine = await startEngine(config);
  stops.push(() => engine.stop());
  return engine;
}

it('an exchange is recorded with every attempt', async () => {
  const bad = await backend((socket, text) =>
    text.includes('probe') ? answering(OK)(socket, text) : socket.end(),
  );
  const good = await backend(answering(OK));
  const engine = await balance(oneConfig([bad.url, good.url]));
  await engine.settle();
  const client = new RawClient(engine.port).send('PUT /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n');
  await client.receives('ok');
  client.close();
  const [record] = await engine.engine.exchanges({ limit: 10 });
  expect(record).toMatchObject({
    pool: 'p',
    client: '127.0.0.1',
    method: 'PUT',
    target: '/a?b',
    status: 200,
    backend: nameOf(good.url),
    bytesOut: 2,
    attempts: [
      { backend: nameOf(bad.url), failure: 'connection closed' },
      { backend: nameOf(good.url), failure: null },
    ],
  });
});

it('one that nobody could serve, and one whose client left, are recorded as what they were', async () => {
  const silent = await backend((socket, text) => {
    if (text.includes('probe')) answering(OK)(socket, text);
  });
  const engine = await balance(oneConfig([silent.url]));
  await engine.settle();
  const client = new RawClient(engine.port).send('GET /left HTTP/1.1\r\nHost: h\r\n\r\n');
  await until('the backend has it', () => silent.received.join('').includes('/left'));
  client.socket.resetAndDestroy();
  await until('it is recorded', async () => (await engine.engine.exchanges({ limit: 1 })).length === 1);
  await engine.engine.setAdmin({ pool: 'p', backend: nameOf(silent.url), state: 'disabled' });
  await fetch(`${engine.url}/nobody`);
  expect(await engine.engine.exchanges({ limit: 10 })).toMatchObject([
    { target: '/left', status: 499, backend: null, attempts: [{ failure: 'the client left' }] },
    { target: '/nobody', status: 503, backend: null, attempts: [] },
  ]);
});

it('a backend that is the listener itself is a 508, not an endless round', async () => {
  const first = await balance(configOf({ port: '127.0.0.1:0', servers: ['http://127.0.0.1:9'] }));
  const config = configOf({
    listeners: [{ address: `127.0.0.1:${first.port}`, defaultPool: 'p' }],
    pools: { p: { servers: [`http://127.0.0.1:${first.port}`], healthCheck: { type: 'off' } } },
  });
  await first.stop();
  const looping = await balance(config);
  const answer = await fetch(looping.url);
  expect([answer.status, await answer.text()]).toEqual([
    508,
    expect.stringContaining('comes from Switchyard itself'),
  ]);
});
