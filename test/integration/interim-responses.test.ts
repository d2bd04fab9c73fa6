import { afterEach, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const hint = (bytes = 0) => `HTTP/1.1 103 Early Hints\r\nLink: </${'a'.repeat(bytes)}>\r\n\r\n`;

async function setUp(answer: string) {
  const backend = await startRawBackend((socket, text) => {
    if (text.endsWith('\r\n\r\n')) socket.write(text.includes('switchyard-probe') ? OK : answer);
  });
  const engine = await startEngine(oneConfig([backend.url], { retries: { attempts: 1 } }));
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
    () => client.close(),
  );
  return { engine, client, backend };
}

it('fifty interim responses are passed on, and the response after them', async () => {
  const { client } = await setUp(hint().repeat(50) + OK);
  client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  const text = await client.receives(/ok$/);
  expect(text.split('103 Early Hints')).toHaveLength(51);
});

it.each(['1.1', '1.0'])('one more is a 502, to a client of HTTP/%s', async (version) => {
  const { client, backend } = await setUp(hint().repeat(5_000) + OK);
  client.send(`GET / HTTP/${version}\r\nHost: h\r\n\r\n`);
  const text = await client.receives(/HTTP\/1.1 502 .*more than 50 interim responses \(1xx\)/s);
  expect(text.split('103 Early Hints').length - 1).toBe(version === '1.1' ? 50 : 0);
  await until('the backend has been left', () => backend.sockets.size === 0);
});

it('a client that does not read holds up the backend that sends them', async () => {
  const { client, engine } = await setUp(hint(60_000).repeat(40) + OK);
  client.socket.pause();
  // Far more than is on the way, so that the rest waits in the backend.
  client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(8));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const served = (await engine.engine.exchanges({ limit: 100 })).length;
  expect(served).toBeLessThan(8);
  client.socket.resume();
  await until('all came', () => client.text.endsWith('ok') && client.text.length > 8 * 40 * 60_000, 20_000);
});
