import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const GET = 'GET /events HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n';

let engine: TestEngine;
let backend: RawBackend;
afterEach(async () => {
  await engine.stop();
  await backend.stop();
});

/** The socket on which the first request that is no probe came, once its head is there. */
async function setUp(pool: object = {}): Promise<() => Promise<Socket>> {
  let asked: Socket | null = null;
  backend = await startRawBackend((socket, text) => {
    if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else if (text.includes('\r\n\r\n')) asked = socket;
  });
  engine = await startEngine(oneConfig([backend.url], pool));
  await engine.settle();
  return () => until('the request has come', () => asked);
}

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

const FRAMINGS = [
  ['chunked', 'Transfer-Encoding: chunked\r\n', chunk, '0\r\n\r\n'],
  ['until close', '', (text: string) => text, null],
  ['a length', 'Content-Length: 22\r\n', (text: string) => text, ''],
] as const;

it.each(FRAMINGS)('server-sent events are passed on one by one (%s)', async (_name, line, framed, last) => {
  const asked = await setUp();
  const client = new RawClient(engine.port).send(GET);
  const socket = await asked();
  // Nothing is written before the client has what was written before: held back anywhere, this would never end.
  socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${line}\r\n`);
  await client.receives('text/event-stream');
  for (const event of ['data: one\n\n', 'data: two\n\n']) {
    socket.write(framed(event));
    await client.receives(event);
  }
  expect(client.isEnded).toBe(false);
  if (last === null) socket.end();
  else socket.write(last);
  if (last === '') expect(client.text).toMatch(/data: one\n\ndata: two\n\n$/);
  else await client.receives('0\r\n\r\n');
  client.close();
});

it('interim answers and the first event each arrive before the next is sent', async () => {
  const asked = await setUp();
  const upload = 'POST /long-poll HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n';
  const client = new RawClient(engine.port).send(upload);
  const socket = await asked();
  socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  await client.receives('100 Continue\r\n\r\n');
  client.send('body');
  await until('the body has come', () => backend.received.some((text) => text.endsWith('\r\n\r\nbody')));
  socket.write('HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n');
  await client.receives('Link: </style.css>\r\n\r\n');
  socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk('first')}`);
  await client.receives('first');
  expect(client.text).not.toContain('0\r\n\r\n');
  socket.write('0\r\n\r\n');
  await client.receives('0\r\n\r\n');
  client.close();
});

it('an upload and an event stream flow at the same time', async () => {
  const asked = await setUp();
  const client = new RawClient(engine.port).send(
    'POST /talk HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  const socket = await asked();
  socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  for (const word of ['ping1', 'ping2', 'ping3']) {
    client.send(chunk(word));
    await until(`${word} has come`, () => backend.received.some((text) => text.includes(word)));
    socket.write(chunk(word.replace('i', 'o')));
    await client.receives(word.replace('i', 'o'));
  }
  client.send('0\r\n\r\n');
  await until('the upload has ended', () => backend.received.some((text) => text.endsWith('0\r\n\r\n')));
  socket.write('0\r\n\r\n');
  await client.receives('0\r\n\r\n');
  client.close();
});

it('a long poll may be silent for as long as its limit says, and a client that leaves ends it at once', async () => {
  const asked = await setUp({ timeouts: { firstByte: '10s', idle: '10s' } });
  const client = new RawClient(engine.port).send(GET);
  const socket = await asked();
  expect((await engine.backend(nameOf(backend.url))).counters.inFlight).toBe(1);
  client.socket.resetAndDestroy();
  await until('the backend is told', () => socket.destroyed || socket.readableEnded);
  await until(
    'nothing is in flight',
    async () => (await engine.backend(nameOf(backend.url))).counters.inFlight === 0,
  );
});
