import { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBodyDecoder } from '../../../../electron/engine/http/message/body-decoder.ts';
import { parseFields, serialiseFields } from '../../../../electron/engine/http/message/fields.ts';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { MessageWriter } from '../../../../electron/engine/http/message/message-writer.ts';
import { parseRequestHead } from '../../../../electron/engine/http/message/request-head.ts';
import { parseResponseHead } from '../../../../electron/engine/http/message/response-head.ts';
import {
  answerModel,
  headText,
  padding,
  plainFields,
  requestModel,
  target,
  token,
} from '../../../support/http-arbitraries.ts';
import { cut, cuts, runs } from '../../../support/property.ts';

const LIMITS = { target: 8_192, headers: 100 };

function parsed<T extends object>(head: T | Malformed): T {
  if (head instanceof Malformed) throw new Error(head.words);
  return head;
}

it('a request head written and read is the same head, any token being a method', () => {
  fc.assert(
    fc.property(requestModel, token, target, padding, (model, method, path, around) => {
      const startLine = `${method === 'CONNECT' ? 'GET' : method} ${path} HTTP/1.1`;
      const head = parsed(parseRequestHead(headText({ ...model, startLine }, around), LIMITS));
      expect(`${head.method} ${head.target} HTTP/1.1`).toBe(startLine);
      expect(head.fields).toEqual(model.fields);
      const again = `${startLine}\r\n${serialiseFields(head.fields)}`;
      expect(parsed(parseRequestHead(again, LIMITS))).toEqual(head);
    }),
    runs(1_000),
  );
});

it('a response head written and read is the same head', () => {
  fc.assert(
    fc.property(answerModel, padding, (model, around) => {
      const head = parsed(parseResponseHead(headText(model, around), 'GET', 512));
      expect(`HTTP/1.1 ${head.status} ${head.reason}`).toBe(model.startLine);
      expect(head.fields).toEqual(model.fields);
    }),
    runs(1_000),
  );
});

it('header lines written and read are the same lines', () => {
  fc.assert(
    fc.property(plainFields, (fields) => {
      expect(parseFields(serialiseFields(fields), 0, 100)).toEqual(fields);
    }),
    runs(500),
  );
});

/** A socket that keeps what is written to it. */
class Paper extends Socket {
  readonly written: Buffer[] = [];

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.written.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
    done();
  }

  override _writev(chunks: { chunk: Buffer | string; encoding: BufferEncoding }[], done: () => void): void {
    for (const { chunk, encoding } of chunks) this._write(chunk, encoding, () => undefined);
    done();
  }
}

/** Around the size up to which bodies are joined to the text before them. */
const size = fc.oneof(fc.nat(40), fc.constantFrom(0, 1, 15, 16, 4_095, 4_096, 4_097, 9_000));
const step = fc.oneof(fc.tuple(fc.constant('data'), size), fc.tuple(fc.constant('flush'), fc.constant(0)));

it('what the writer chunks, the decoder puts together again, trailers too', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), plainFields, cuts, (steps, trailers, at) => {
      const paper = new Paper();
      const writer = new MessageWriter(paper);
      const payloads = steps.map(([, length], index) => Buffer.alloc(length, index + 1));
      writer.head('HEAD', true);
      steps.forEach(([what], index) => {
        const data = payloads[index];
        if (what === 'data' && data) writer.data(data);
        else writer.flush();
      });
      writer.end(trailers);
      const bytes = Buffer.concat(paper.written);
      expect(bytes.toString('latin1', 0, 4)).toBe('HEAD');
      const decoder = createBodyDecoder({ kind: 'chunked' });
      const read: Buffer[] = [];
      for (const piece of cut(bytes.subarray(4), at))
        expect(decoder.decode(piece, 0, { bodyData: (data) => read.push(data) })).toBe(piece.length);
      expect(decoder).toMatchObject({ isDone: true, malformed: null, trailers });
      expect(Buffer.concat(read).equals(Buffer.concat(payloads))).toBe(true);
    }),
    runs(500),
  );
});
