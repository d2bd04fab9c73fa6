import { afterEach, expect, it } from 'vitest';
import type { ExchangeDetail } from '../../shared/view/exchange-record.ts';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { configOf, startEngine } from '../support/test-engine.ts';

const OK = 'HTTP/1.1 200 Fine\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function balanced() {
  const backend = await startRawBackend((socket) => socket.write(OK));
  stops.push(() => backend.stop());
  const engine = await startEngine(
    configOf({
      listeners: [
        {
          address: '127.0.0.1:0',
          defaultPool: 'p',
          allowedHosts: ['*'],
          routes: [{ path: '/fixed', respond: { status: 200, body: 'fixed' } }],
        },
      ],
      pools: { p: { servers: [backend.url], hostHeader: 'backend', healthCheck: { type: 'off' } } },
    }),
  );
  stops.push(() => engine.stop());
  return { engine: engine.engine, port: engine.port, backend };
}

type Balanced = Awaited<ReturnType<typeof balanced>>;

async function newest(engine: Balanced['engine']): Promise<ExchangeDetail> {
  const [{ id } = { id: 0 }] = await engine.exchanges({ limit: 1 });
  const found = await engine.exchange({ id });
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

async function ask(port: number, text: string, until: string) {
  const client = new RawClient(port).send(text);
  const got = await client.receives(until);
  client.close();
  return got;
}

it('heads are kept as they went over the wire, in both directions, while somebody watches', async () => {
  const { engine, port, backend } = await balanced();
  await engine.watch(null);
  const request =
    'POST /a?b HTTP/1.1\r\nhost: h\r\nX-a: 1\r\nX-a: 2\r\nTE: trailers\r\nContent-Length: 2\r\n';
  await ask(port, `${request}\r\nhi`, 'ok');
  const { heads } = await newest(engine);
  expect(heads?.request).toBe(request);
  const [got = ''] = backend.received.join('').split('\r\n\r\n');
  expect(heads?.forwarded).toBe(`${got}\r\n\r\n`);
  expect(heads?.forwarded).toContain(`host: ${backend.url.replace('http://', '')}\r\n`);
  expect(heads?.answer).toMatch(/^HTTP\/1\.1 200 Fine\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n/);
  expect(heads?.answer).toContain('X-Forwarded-Server: ');

  await engine.unwatch(null);
  await ask(port, 'GET /unwatched HTTP/1.1\r\nHost: h\r\n\r\n', 'ok');
  expect((await newest(engine)).heads).toBeNull();
});

it('answers that no backend gave have heads as well', async () => {
  const { engine, port, backend } = await balanced();
  await engine.watch(null);
  await ask(port, 'GET /fixed HTTP/1.1\r\nHost: h\r\n\r\n', 'fixed');
  const fixed = (await newest(engine)).heads;
  expect(fixed).toMatchObject({ request: 'GET /fixed HTTP/1.1\r\nHost: h\r\n', forwarded: null });
  expect(fixed?.answer).toMatch(/^HTTP\/1\.1 200 OK\r\n([^\r\n]+\r\n)+$/);
  await backend.stop();
  await ask(port, 'GET /gone HTTP/1.1\r\nHost: h\r\n\r\n', '\r\n\r\n');
  const gone = (await newest(engine)).heads;
  expect(gone?.forwarded).toBeNull();
  expect(gone?.answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n([^\r\n]+\r\n)+$/);
});
