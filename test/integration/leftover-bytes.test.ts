import { afterEach, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Sends what is left of its last response, and then one, when a connection gets its second request. */
async function setUp(leftover: string) {
  const backend = await startRawBackend((socket, text) => {
    if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else if (/ \/second /.test(text) && / \/first /.test(text)) socket.write(`${leftover}${OK}no`);
    else if (text.includes('HTTP/1.1\r\n')) socket.write(`${OK}ok`);
  });
  stops.push(() => backend.stop());
  const engine = await startEngine(oneConfig([backend.url]));
  stops.push(() => engine.stop());
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(() => client.close());
  client.send('GET /first HTTP/1.1\r\nHost: h\r\n\r\n');
  await client.receives(/ok$/);
  client.text = '';
  return { engine, client, name: nameOf(backend.url) };
}

it.each(['left over', '\r\n', 'HTML', '{"a":1}'])(
  'bytes that begin no response make a kept connection a stale one: %j',
  async (leftover) => {
    const { engine, client, name } = await setUp(leftover);
    client.send('GET /second HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(await client.receives(/\r\n\r\n../)).toMatch(/^HTTP\/1.1 200 [\s\S]*ok$/);
    const { counters, health } = await engine.backend(name);
    expect([counters.errors, health.health]).toEqual([0, 'up']);
  },
);

it('what may not be repeated is a 502 then, and says why', async () => {
  const { client } = await setUp('left over');
  client.send('POST /second HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n');
  expect(await client.receives(/kept connection/)).toMatch(
    /^HTTP\/1.1 502 [\s\S]*it sent more than its last response on the kept connection/,
  );
});
