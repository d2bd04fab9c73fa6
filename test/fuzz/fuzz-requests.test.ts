import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { forwardableTrailers } from '../../electron/engine/http/message/trailers.ts';
import { RawClient } from '../support/raw-client.ts';
import { ourAnswer, ourRequest } from '../support/readings.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';
import { inputsOf, playAll, SEED } from './inputs.ts';
import { roundIn, TAG } from './tags.ts';

const INPUTS = inputsOf('requests', [
  `GET /${TAG}?b=c HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n`,
  `POST /${TAG} HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello`,
  `POST /${TAG} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nX-T: 1\r\n\r\n`,
  `PUT /${TAG} HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok`,
  `GET /${TAG}/1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /${TAG}/2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc`,
]);

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A request told apart: the backend has to have got one that the client sent, whole. */
const identity = (method: string, target: string, body: string, trailers: readonly string[]) =>
  JSON.stringify([method, target, body, trailers]);

/** Every request that is whole in the text, as its backend should see it. */
function wholeRequestsIn(text: string): string[] {
  const found: string[] = [];
  let rest = Buffer.from(text, 'latin1');
  while (rest.length > 0) {
    while (rest[0] === 0x0d && rest[1] === 0x0a) rest = rest.subarray(2);
    const read = ourRequest(rest);
    if (!read) break;
    const { method, target, body, trailers } = read.reading;
    found.push(
      identity(
        method,
        target,
        body,
        forwardableTrailers([...trailers], { connectionOptions: new Set(), edits: null }),
      ),
    );
    rest = rest.subarray(read.taken);
  }
  return found;
}

/** Bodies of the answers in a text that are whole, with the request each one says it is for. */
function answersIn(text: string): { readonly of: string; readonly bytes: number }[] {
  const found: { of: string; bytes: number }[] = [];
  let rest = Buffer.from(text, 'latin1');
  while (rest.length > 0) {
    const read = ourAnswer(rest, 'GET');
    if (!read) break;
    const at = read.reading.fields.indexOf('X-Of');
    if (at !== -1) found.push({ of: read.reading.fields[at + 1] ?? '', bytes: read.reading.body.length });
    rest = rest.subarray(read.taken);
  }
  return found;
}

it(`backends see only whole requests, that Node's strict parser reads as sent (seed ${SEED})`, async () => {
  const complaints: string[] = [];
  let recognised = 0;
  const see = (incoming: IncomingMessage, body: string) => {
    const round = roundIn(incoming.url ?? '');
    if (round === null) return;
    recognised++;
    const seen = identity(incoming.method ?? '', incoming.url ?? '', body, incoming.rawTrailers);
    if (!wholeRequestsIn(INPUTS.textOf(round)).includes(seen))
      complaints.push(`the backend saw ${seen}, in ${INPUTS.describe(round)}`);
  };
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.on('error', () => undefined);
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    incoming.on('end', () => {
      see(incoming, body);
      response.setHeader('X-Of', incoming.url ?? '');
      response.end('x'.repeat((incoming.url ?? '').length * 7));
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    socket.destroy();
    if (!error.code?.startsWith('HPE_') || error.code === 'HPE_INVALID_EOF_STATE') return;
    // Any token is a method (RFC 9110 section 9.1); Node knows but a few of them.
    const isOtherMethod = /^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/1\.1\r\n/.test(String(error.rawPacket));
    if (error.code !== 'HPE_INVALID_METHOD' || !isOtherMethod)
      complaints.push(`${error.code} ${error.rawPacket} (seed ${SEED})`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const timeouts = { firstByte: '300ms', idle: '300ms' };
  const engine = await startEngine(
    oneConfig([url], { timeouts }, { timeouts: { head: '300ms', idle: '300ms' } }),
  );
  stops.push(() => engine.stop());
  await engine.settle();

  /** Bytes of bodies by target, as the clients got them; of one lap. */
  const got = new Map<string, number[]>();
  let lastId = 0;
  let answered = 0;

  const play = async (round: number) => {
    const client = new RawClient(engine.port).send(INPUTS.textOf(round));
    // Some say that they have finished; the others are found out by a timeout.
    if (round % 4 !== 0) client.socket.end();
    await client.ends(8_000).catch((error: Error) => {
      complaints.push(`${error.message}, in ${INPUTS.describe(round)}`);
    });
    for (const { of, bytes } of answersIn(client.text)) got.set(of, [...(got.get(of) ?? []), bytes]);
    client.close();
  };

  const lookAtBooks = async () => {
    await until(
      'nothing is in flight',
      async () => (await engine.backend(nameOf(url))).counters.inFlight === 0,
    );
    const records = (await engine.engine.exchanges({ limit: 5_000 })).filter(({ id }) => id > lastId);
    lastId = records.at(-1)?.id ?? lastId;
    for (const [of, sizes] of got) {
      const own = records.filter(({ target, status }) => target === of && status === 200);
      const round = roundIn(of);
      if (round === null) continue;
      answered += sizes.length;
      const where = () => INPUTS.describe(round);
      // A client that reset its connection may not have read what was written to it: never more, though.
      for (const size of sizes)
        if (!own.some(({ bytesOut }) => bytesOut === size))
          complaints.push(
            `${size} bytes came, and ${own.map((one) => one.bytesOut)} are in the books: ${where()}`,
          );
      const whole = wholeRequestsIn(INPUTS.textOf(round)).map((one): string[] => JSON.parse(one));
      for (const { bytesIn } of own)
        if (!whole.some(([, target, body]) => target === of && body?.length === bytesIn))
          complaints.push(`${bytesIn} bytes are in the books as sent, in ${where()}`);
    }
    got.clear();
    const { bytesOut } = (await engine.backend(nameOf(url))).counters;
    sumOut += records.reduce((sum, one) => sum + one.bytesOut, 0);
    if (bytesOut !== sumOut)
      complaints.push(`the backend counts ${bytesOut} bytes, its exchanges ${sumOut} (seed ${SEED})`);
  };
  let sumOut = 0;

  await playAll(INPUTS.count, play, lookAtBooks);
  expect(complaints).toEqual([]);
  // Were everything refused, nothing would have been shown.
  expect(recognised).toBeGreaterThan(INPUTS.count / 10);
  expect(answered).toBeGreaterThan(INPUTS.count / 10);
  expect((await fetch(engine.url)).status).toBe(200);
}, 300_000);
