import { afterEach, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const GET = 'GET /many HTTP/1.1\r\nHost: h\r\n\r\n';
const BODY = 'x'.repeat(50_000);
/** So many that their responses do not fit into what the kernel holds for two sockets. */
const MANY = 800;

/** A client that reads nothing, in front of a backend with responses of 50 KB, each of which fits into every window. */
async function setUp(listener: object = {}) {
  const served = { requests: 0 };
  const backend = await startRawBackend((socket, text) => {
    if (text.includes('switchyard-probe')) {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    if (!text.endsWith('\r\n\r\n')) return;
    served.requests++;
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`);
  });
  const routes = [{ path: '/fixed', respond: { body: BODY } }];
  const engine = await startEngine(oneConfig([backend.url], {}, { routes, ...listener }));
  await engine.settle();
  const client = new RawClient(engine.port);
  client.socket.pause();
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
    () => client.close(),
  );
  return { engine, client, served };
}

/** Waits until a number stands still. */
async function settled(read: () => number | Promise<number>): Promise<number> {
  let last = -1;
  await until('it stands still', async () => {
    const before = last;
    last = await read();
    if (last !== before) await new Promise((resolve) => setTimeout(resolve, 300));
    return last === before;
  });
  return last;
}

/** Reads all that comes, for as long as it comes. @returns how many whole responses that is */
async function responses(client: RawClient): Promise<number> {
  const heads = () => client.text.split('HTTP/1.1 200 OK').length - 1;
  client.socket.resume();
  // The length is asked first: it costs nothing, and 40 MB are too much to split again and again.
  await until('all have come', () => client.text.length >= MANY * BODY.length && heads() >= MANY, 20_000);
  await until('the last is whole', () => client.text.endsWith(BODY));
  return heads();
}

it('requests that a client pipelines are not served until it reads the responses before them', async () => {
  const { client, served } = await setUp();
  const before = process.memoryUsage.rss();
  client.send(GET.repeat(MANY));
  const taken = await settled(() => served.requests);
  // What the kernel holds for two sockets on the way, and one window: 40 MB were asked for.
  expect(taken).toBeLessThan(MANY / 2);
  expect(process.memoryUsage.rss() - before).toBeLessThan(30_000_000);
  expect(await responses(client)).toBe(MANY);
  expect(served.requests).toBe(MANY);
}, 60_000);

it('responses of a route itself do not pile up for a client that does not read', async () => {
  const { client, engine } = await setUp();
  client.send(GET.replace('/many', '/fixed').repeat(MANY));
  const logged = async () => (await engine.engine.exchanges({ limit: MANY })).length;
  expect(await settled(logged)).toBeLessThan(MANY / 2);
  expect(await responses(client)).toBe(MANY);
}, 60_000);

it('a client that sends its last request with others waiting still gets all responses', async () => {
  const { client, served } = await setUp();
  client.send(GET.repeat(MANY));
  client.socket.end();
  await settled(() => served.requests);
  expect(await responses(client)).toBe(MANY);
}, 60_000);

it('a client that reads nothing of what waits for it is closed after the idle time', async () => {
  const { client, served } = await setUp({ timeouts: { idle: '300ms' } });
  client.send(GET.repeat(MANY));
  await settled(() => served.requests);
  // It would not hear of it: it does not read.
  await until('its connection is gone', () => client.send('GET').isClosed);
  expect(served.requests).toBeLessThan(MANY / 2);
}, 60_000);
