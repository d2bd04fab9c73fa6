import { Agent, request } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { startRawBackend } from '../support/raw-backend.ts';
import { repairedAnswer } from '../support/readings.ts';
import { nameOf, oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';
import { inputsOf, playAll, SEED } from './inputs.ts';
import { roundIn, tagOf } from './tags.ts';

const INPUTS = inputsOf('answers', [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n',
  'HTTP/1.0 200 OK\r\n\r\nuntil the end',
]);

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it(`clients see only whole answers, that Node's strict parser reads as sent (seed ${SEED})`, async () => {
  const complaints: string[] = [];
  /** Connections on which more was said than an answer, or something that is none, by the round it was in. */
  const spent = new Map<number, number>();
  const backend = await startRawBackend((socket, text, connection) => {
    const before = spent.get(connection);
    if (before !== undefined)
      complaints.push(`its connection was used again after ${INPUTS.describe(before)}`);
    if (!text.endsWith('\r\n\r\n')) return;
    const last = text.slice(text.lastIndexOf('\r\n\r\n', text.length - 5) + 1);
    const round = roundIn(last);
    if (round === null) {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const bytes = Buffer.from(INPUTS.textOf(round), 'latin1');
    if (repairedAnswer(bytes, 'GET')?.taken !== bytes.length) spent.set(connection, round);
    socket.write(bytes, () => round % 2 === 0 && socket.end());
  });
  stops.push(() => backend.stop());
  const engine = await startEngine(
    oneConfig([backend.url], { timeouts: { firstByte: '300ms', idle: '300ms' } }),
  );
  stops.push(() => engine.stop());
  await engine.settle();

  /** What came whole, by target; of one lap. */
  const got = new Map<string, { readonly status: number; readonly bytes: number }>();
  let lastId = 0;
  let passedOn = 0;

  const play = (round: number) =>
    new Promise<void>((resolve) => {
      const path = `/${tagOf(round)}`;
      const agent = new Agent({ keepAlive: false });
      const outgoing = request(`${engine.url}${path}`, { agent, timeout: 5_000 }, (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
        answer.on('error', () => undefined);
        answer.on('close', () => {
          resolve();
          const status = answer.statusCode ?? 0;
          if (!answer.complete) return;
          got.set(path, { status, bytes: body.length });
          if ([502, 503, 504].includes(status)) return;
          passedOn++;
          const sent = repairedAnswer(Buffer.from(INPUTS.textOf(round), 'latin1'), 'GET')?.reading;
          if (
            sent?.status !== status ||
            sent.body !== body ||
            String(sent.trailers) !== String(answer.rawTrailers)
          )
            complaints.push(
              `${status} with ${JSON.stringify(body)} was taken for whole, in ${INPUTS.describe(round)}`,
            );
        });
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // A cut connection is what a bad answer deserves; one that cannot be parsed is not.
        if (error.code?.startsWith('HPE_'))
          complaints.push(`${error.code} ${error.message}, in ${INPUTS.describe(round)}`);
        resolve();
      });
      outgoing.on('timeout', () => {
        complaints.push(`no answer within 5 s, in ${INPUTS.describe(round)}`);
        outgoing.destroy();
      });
      outgoing.end();
    });

  let played = 0;
  const lookAtBooks = async () => {
    await until(
      'nothing is in flight',
      async () => (await engine.backend(nameOf(backend.url))).counters.inFlight === 0,
    );
    const records = (await engine.engine.exchanges({ limit: 5_000 })).filter(({ id }) => id > lastId);
    lastId = records.at(-1)?.id ?? lastId;
    played += records.length;
    for (const record of records) {
      const came = got.get(record.target);
      const isLocal = record.backend === null;
      if (!came || (came.status === record.status && (isLocal || came.bytes === record.bytesOut))) continue;
      complaints.push(
        `${came.status} with ${came.bytes} bytes came, ${record.status} with ${record.bytesOut} is in the books: ` +
          INPUTS.describe(roundIn(record.target) ?? 0),
      );
    }
    got.clear();
  };

  await playAll(INPUTS.count, play, lookAtBooks);
  expect(complaints).toEqual([]);
  expect(played, 'one exchange a round').toBe(INPUTS.count);
  expect(passedOn).toBeGreaterThan(INPUTS.count / 10);
}, 300_000);
