import { createServer, request as startRequest } from 'node:http';
import { Duplex } from 'node:stream';
import { createBodyDecoder } from '../../electron/engine/http/message/body-decoder.ts';
import { findHeadEnd } from '../../electron/engine/http/message/head-reader.ts';
import { Malformed } from '../../electron/engine/http/message/malformed.ts';
import { parseRequestHead } from '../../electron/engine/http/message/request-head.ts';
import { takeResponse } from '../../electron/engine/http/message/response-reader.ts';

/** A request as a parser reads it; what two parsers must agree on. */
export interface RequestReading {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly string[];
  readonly body: string;
  readonly trailers: readonly string[];
}

export interface AnswerReading {
  /** Statuses of what came before the answer. */
  readonly interims: readonly number[];
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly string[];
  readonly body: string;
  readonly trailers: readonly string[];
}

export interface Taken<T> {
  readonly reading: T;
  /** Bytes; what follows them is the next message's business. */
  readonly taken: number;
}

/** What this wire makes of a request's bytes; null when it refuses them or wants more. */
export function ourRequest(bytes: Buffer): Taken<RequestReading> | null {
  const end = findHeadEnd(bytes);
  if (end === -1) return null;
  const head = parseRequestHead(bytes.toString('latin1', 0, end - 2), { target: 8_192, headers: 100 });
  if (head instanceof Malformed) return null;
  const decoder = createBodyDecoder(head.framing);
  let body = '';
  const taken = decoder.decode(bytes, end, { bodyData: (data) => (body += data.toString('latin1')) });
  if (!decoder.isDone) return null;
  const { method, target, fields } = head;
  return { reading: { method, target, fields, body, trailers: decoder.trailers }, taken };
}

/** What it makes of an answer's; bytes that only the connection's end ends are taken to the last. */
export function ourAnswer(bytes: Buffer, method: string): Taken<AnswerReading> | null {
  return answerIn(bytes, method, false);
}

/** The same of what a backend sent, whose heads are repaired where every client reads them. */
export function repairedAnswer(bytes: Buffer, method: string): Taken<AnswerReading> | null {
  return answerIn(bytes, method, true);
}

function answerIn(bytes: Buffer, method: string, isRepaired: boolean): Taken<AnswerReading> | null {
  const interims: number[] = [];
  for (let from = 0; ; ) {
    const taken = takeResponse(bytes.subarray(from), 0, method);
    if (taken === null || taken instanceof Malformed) return null;
    const { head } = taken;
    if (head.repairs.length > 0 && !isRepaired) return null;
    const end = from + taken.end;
    if (head.status >= 100 && head.status < 200) {
      interims.push(head.status);
      from = end;
      continue;
    }
    const decoder = createBodyDecoder(head.framing);
    let body = '';
    const read = decoder.decode(bytes, end, { bodyData: (data) => (body += data.toString('latin1')) });
    if (decoder.malformed || (!decoder.isDone && head.framing.kind !== 'until-close')) return null;
    const { status, reason, fields } = head;
    return { reading: { interims, status, reason, fields, body, trailers: decoder.trailers }, taken: read };
  }
}

/** A socket that is never written to the end, and says what it is given. */
function pipe(): Duplex {
  return new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
}

/** Lets the parser have its say before nothing at all is taken for its answer. */
function afterSomeTurns(then: () => void, turns = 4): void {
  if (turns === 0) then();
  else setImmediate(() => afterSomeTurns(then, turns - 1));
}

/** What Node's own strict parser makes of a request, or why it makes nothing of it. */
export function nodesRequest(bytes: Buffer): Promise<RequestReading | string> {
  return new Promise((resolve) => {
    const server = createServer({ insecureHTTPParser: false });
    const socket = pipe();
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
      request.on('end', () => {
        resolve({
          method: request.method ?? '',
          target: request.url ?? '',
          fields: request.rawHeaders,
          body,
          trailers: request.rawTrailers,
        });
        response.end();
      });
    });
    server.on('clientError', (error) => resolve(error.message));
    server.emit('connection', socket);
    socket.push(bytes);
    afterSomeTurns(() => resolve('nothing was read'));
  });
}

/** What Node's own strict parser makes of an answer that ends with its connection. */
export function nodesAnswer(bytes: Buffer, method: string): Promise<AnswerReading | string> {
  return new Promise((resolve) => {
    const socket = pipe();
    const interims: number[] = [];
    const asked = startRequest({
      method,
      createConnection: () => socket,
      insecureHTTPParser: false,
      headers: { Host: 'h' },
    });
    asked.on('information', ({ statusCode }) => interims.push(statusCode));
    // Node tells of a 100 by another event.
    asked.on('continue', () => undefined);
    asked.on('error', (error) => resolve(error.message));
    asked.on('response', (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
      answer.on('error', (error) => resolve(error.message));
      answer.on('end', () => {
        resolve({
          interims,
          status: answer.statusCode ?? 0,
          reason: answer.statusMessage ?? '',
          fields: answer.rawHeaders,
          body,
          trailers: answer.rawTrailers,
        });
        socket.destroy();
      });
    });
    asked.end(() => {
      socket.push(bytes);
      socket.push(null);
      afterSomeTurns(() => resolve('nothing was read'), 20);
    });
  });
}
