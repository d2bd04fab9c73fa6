import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../electron/engine/balancing/seeded-random.ts';
import { mutate } from '../fuzz/mutate.ts';
import { answerModel, requestModel, wireText } from '../support/http-arbitraries.ts';
import { cut, cuts, runs } from '../support/property.ts';
import { type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { type AnswerReading, ourAnswer, ourRequest } from '../support/readings.ts';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const LAST = 'GET /last HTTP/1.1\r\nHost: h.test:81\r\nConnection: close\r\n\r\n';

let echo: Server;
let toEcho: TestEngine;
/** Answers what it has read to its end, and nothing before: an early refusal would race with the rest of the request. */
let patient: RawBackend;
let toPatient: TestEngine;
let speaker: RawBackend;
let toSpeaker: TestEngine;
/** What the speaking backend says next, piece by piece. */
let pieces: readonly Buffer[] = [];

beforeAll(async () => {
  echo = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    request.on('end', () => {
      const { method, url, rawHeaders, rawTrailers } = request;
      const kept = rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.startsWith('Q-'));
      response.sendDate = false;
      // Node gives obs-text as latin1; so it goes back.
      response.end(Buffer.from(JSON.stringify([method, url, kept, body, rawTrailers]), 'latin1'));
    });
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const address = echo.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  toEcho = await startEngine(oneConfig([`http://127.0.0.1:${port}`]));
  const answered = new WeakMap<Socket, number>();
  patient = await startRawBackend((socket, text) => {
    for (;;) {
      const from = answered.get(socket) ?? 0;
      const read = ourRequest(Buffer.from(text, 'latin1').subarray(from));
      if (!read) return;
      answered.set(socket, from + read.taken);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    }
  });
  toPatient = await startEngine(oneConfig([patient.url]));
  speaker = await startRawBackend((socket, text) => {
    if (!text.endsWith('\r\n\r\n')) return;
    if (text.includes('switchyard-probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else void inPieces(socket.setNoDelay(true), pieces);
  });
  toSpeaker = await startEngine(oneConfig([speaker.url]));
  await Promise.all([toEcho.settle(), toPatient.settle(), toSpeaker.settle()]);
});
afterAll(async () => {
  await toEcho.stop();
  await toPatient.stop();
  await toSpeaker.stop();
  echo.closeAllConnections();
  echo.close();
  await patient.stop();
  await speaker.stop();
});

/** Writes each piece once the one before has left, and a turn later: most are then read one by one. */
async function inPieces(socket: Socket, parts: readonly Buffer[]): Promise<void> {
  for (const part of parts) {
    if (socket.destroyed) return;
    await new Promise((resolve) => socket.write(part, resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Sends the pieces, and returns everything the other end says until it ends the connection. */
async function talk(port: number, parts: readonly Buffer[]): Promise<string> {
  const client = new RawClient(port);
  client.socket.setNoDelay(true);
  try {
    await until('a connection', () => !client.socket.connecting);
    await inPieces(client.socket, parts);
    return await client.ends();
  } finally {
    client.close();
  }
}

function answersIn(text: string): AnswerReading[] {
  const readings: AnswerReading[] = [];
  let rest = Buffer.from(text, 'latin1');
  while (rest.length > 0) {
    const read = ourAnswer(rest, 'GET');
    if (!read) throw new Error(`no answer at ${JSON.stringify(rest.toString('latin1'))}`);
    readings.push(read.reading);
    rest = rest.subarray(read.taken);
  }
  return readings;
}

it('pipelined requests reach the backend as they were written, one by one, however they were cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(requestModel, { maxLength: 4 }), cuts, async (models, at) => {
      const bytes = Buffer.from(models.map(wireText).join('') + LAST, 'latin1');
      const answers = answersIn(await talk(toEcho.port, cut(bytes, at)));
      const own = (fields: readonly string[]) =>
        fields.filter((_, index) => fields[index - (index % 2)]?.startsWith('Q-'));
      const wanted = models.map(({ startLine, fields, body }) => {
        const [method, url] = startLine.split(' ');
        return [method, url, own(fields), body.payload, body.trailers];
      });
      expect(answers.map(({ body }) => JSON.parse(body))).toEqual([...wanted, ['GET', '/last', [], '', []]]);
    }),
    runs(150),
  );
});

it('a stream that is bad somewhere gets the same answers, however it was cut', async () => {
  const bad = fc.tuple(fc.array(requestModel, { minLength: 1, maxLength: 3 }), fc.nat(1e9), cuts);
  await fc.assert(
    fc.asyncProperty(bad, async ([models, seed, at]) => {
      const bytes = Buffer.from(mutate(models.map(wireText).join(''), seededRandom(seed)) + LAST, 'latin1');
      const whole = talkOrHang(bytes, []);
      expect(await talkOrHang(bytes, at)).toEqual(await whole);
    }),
    runs(100),
  );
});

/** Ends its side after the last byte, so that a request that never ends ends the talk. */
async function talkOrHang(bytes: Buffer, at: readonly number[]): Promise<readonly unknown[]> {
  const client = new RawClient(toPatient.port);
  client.socket.setNoDelay(true);
  try {
    await inPieces(client.socket, cut(bytes, at));
    client.socket.end();
    await client.ends();
    // Who closes first, and so whether the last bytes are lost to a reset, is the kernel's affair.
    return answersIn(client.text).map(({ status }) => status);
  } finally {
    client.close();
  }
}

it('an answer reaches the client as it was written, however it was cut', async () => {
  const interim = fc.constantFrom(
    '',
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
    'HTTP/1.1 100 C\r\n\r\n',
  );
  await fc.assert(
    fc.asyncProperty(interim, answerModel, cuts, async (before, model, at) => {
      pieces = cut(Buffer.from(before + wireText(model), 'latin1'), at);
      const text = await talk(toSpeaker.port, [Buffer.from(LAST.replace('/last', '/'))]);
      const [read, ...more] = answersIn(text);
      expect(more).toEqual([]);
      expect(read).toMatchObject({
        interims: before === '' ? [] : [Number(before.slice(9, 12))],
        status: Number(model.startLine.slice(9, 12)),
        reason: model.startLine.slice(13),
        body: model.body.payload,
        trailers: model.body.trailers,
      });
      const fields = model.fields.filter((_, index) => model.fields[index - (index % 2)]?.startsWith('Q-'));
      expect(read?.fields.filter((_, index, all) => all[index - (index % 2)]?.startsWith('Q-'))).toEqual(
        fields,
      );
    }),
    runs(100),
  );
});
