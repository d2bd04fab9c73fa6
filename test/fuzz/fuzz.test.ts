import { Agent, createServer, request } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';
import { mutate, seeded } from './mutate.ts';

const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 3_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const AT_A_TIME = 40;

const REQUESTS = [
  'GET /a?b=c HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n',
  'POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello',
  'POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nX-T: 1\r\n\r\n',
  'PUT /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok',
  'GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n',
];
const ANSWERS = [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n',
  'HTTP/1.0 200 OK\r\n\r\nuntil the end',
];

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function balance(url: string): Promise<TestEngine> {
  const engine = await startEngine(
    oneConfig([url], { timeouts: { firstByte: '300ms', idle: '300ms' } }, { timeouts: { head: '300ms' } }),
  );
  stops.push(() => engine.stop());
  await engine.settle();
  return engine;
}

/** Runs so many rounds, some at a time; every one has to end by itself. */
async function rounds(play: (round: number) => Promise<void>): Promise<void> {
  let next = 0;
  const player = async () => {
    while (next < ROUNDS) await play(next++);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, player));
}

it(`whatever clients send, the backend sees only what Node's strict parser reads (seed ${SEED})`, async () => {
  const complaints: string[] = [];
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => response.end('ok'));
  });
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    socket.destroy();
    if (!error.code?.startsWith('HPE_') || error.code === 'HPE_INVALID_EOF_STATE') return;
    // Any token is a method (RFC 9110 section 9.1); Node knows but a few of them.
    const isOtherMethod = /^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/1\.1\r\n/.test(String(error.rawPacket));
    if (error.code !== 'HPE_INVALID_METHOD' || !isOtherMethod)
      complaints.push(`${error.code} ${error.rawPacket}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const engine = await balance(url);
  const random = seeded(SEED);
  await rounds(async (round) => {
    const text = mutate(REQUESTS[round % REQUESTS.length] ?? '', random);
    const client = new RawClient(engine.port).send(text);
    await until(
      `an answer or an end to ${JSON.stringify(text)}`,
      () => client.isClosed || client.isEnded || client.text.includes('HTTP/1.1 '),
      8_000,
    );
    client.close();
  });
  expect(complaints).toEqual([]);
  await until(
    'nothing is in flight',
    async () => (await engine.backend(nameOf(url))).counters.inFlight === 0,
  );
  expect((await fetch(engine.url)).status).toBe(200);
}, 300_000);

it(`whatever backends answer, clients see only what Node's strict parser reads (seed ${SEED})`, async () => {
  const random = seeded(SEED + 1);
  let round = 0;
  const backend = await startRawBackend((socket, text) => {
    if (!text.endsWith('\r\n\r\n')) return;
    if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else
      socket.write(
        mutate(ANSWERS[round++ % ANSWERS.length] ?? '', random),
        'latin1',
        () => random() < 0.5 && socket.end(),
      );
  });
  stops.push(() => backend.stop());
  const engine = await balance(backend.url);
  const complaints: string[] = [];
  await rounds(
    () =>
      new Promise<void>((resolve) => {
        const agent = new Agent({ keepAlive: false });
        const outgoing = request(engine.url, { agent, timeout: 5_000 }, (answer) => {
          answer.resume();
          answer.on('close', resolve);
          answer.on('error', () => undefined);
        });
        outgoing.on('error', (error: NodeJS.ErrnoException) => {
          // A cut connection is what a bad answer deserves; one that cannot be parsed is not.
          if (error.code?.startsWith('HPE_')) complaints.push(`${error.code} ${error.message}`);
          resolve();
        });
        outgoing.on('timeout', () => {
          complaints.push('no answer within 5 s');
          outgoing.destroy();
        });
        outgoing.end();
      }),
  );
  expect(complaints).toEqual([]);
  await until(
    'nothing is in flight',
    async () => (await engine.backend(nameOf(backend.url))).counters.inFlight === 0,
  );
}, 300_000);
