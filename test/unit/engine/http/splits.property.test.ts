import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';
import { createBodyDecoder } from '../../../../electron/engine/http/message/body-decoder.ts';
import type { Framing } from '../../../../electron/engine/http/message/framing.ts';
import { checkPartialHead, findHeadEnd } from '../../../../electron/engine/http/message/head-reader.ts';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestLine } from '../../../../electron/engine/http/message/request-head.ts';
import { mutate } from '../../../fuzz/mutate.ts';
import { answerModel, body, headText, requestModel } from '../../../support/http-arbitraries.ts';
import { cut, cuts, runs } from '../../../support/property.ts';

function decode(framing: Framing, pieces: readonly Buffer[]) {
  const decoder = createBodyDecoder(framing);
  let payload = '';
  let taken = 0;
  for (const piece of pieces) {
    taken += decoder.decode(piece, 0, { bodyData: (data) => (payload += data.toString('latin1')) });
    if (decoder.malformed || decoder.isDone) break;
  }
  return { payload, taken, isDone: decoder.isDone, malformed: decoder.malformed, trailers: decoder.trailers };
}

it('a body reads the same however its bytes are split, well-formed or not', () => {
  fc.assert(
    fc.property(body, cuts, fc.option(fc.nat(1e9)), (model, at, seed) => {
      const wire = `${seed === null ? model.wire : mutate(model.wire, seededRandom(seed))}NEXT`;
      const bytes = Buffer.from(wire, 'latin1');
      const isChunked = model.declares[1] === 'chunked';
      const framing: Framing = isChunked
        ? { kind: 'chunked' }
        : { kind: 'length', length: model.wire.length };
      const whole = decode(framing, [bytes]);
      expect(decode(framing, cut(bytes, at))).toEqual(whole);
      expect(
        decode(
          framing,
          Array.from(bytes, (byte) => Buffer.of(byte)),
        ),
      ).toEqual(whole);
    }),
    runs(1_000),
  );
});

it('no part of a good head is taken for a bad one, and its end is found wherever the cut was', () => {
  fc.assert(
    fc.property(fc.oneof(requestModel, answerModel), (model) => {
      const head = Buffer.from(`${headText(model)}\r\n`, 'latin1');
      for (let length = 0; length < head.length; length++) {
        const part = head.subarray(0, length);
        expect(findHeadEnd(part)).toBe(-1);
        expect(checkPartialHead(part)).toBeNull();
      }
      expect(findHeadEnd(Buffer.concat([head, Buffer.from('rest\r\n\r\n')]))).toBe(head.length);
    }),
    runs(300),
  );
});

it('what is refused before its end would have been refused at its end', () => {
  fc.assert(
    fc.property(requestModel, fc.nat(1e9), (model, seed) => {
      const head = Buffer.from(mutate(`${headText(model)}\r\n`, seededRandom(seed)), 'latin1');
      const end = findHeadEnd(head);
      if (end === -1) return;
      const text = head.toString('latin1', 0, end);
      let isRefusedEarly = false;
      for (let length = 0; length < end; length++)
        isRefusedEarly ||= checkPartialHead(head.subarray(0, length)) !== null;
      if (!isRefusedEarly) return;
      const isLineBad = parseRequestLine(text.slice(0, text.indexOf('\r\n')), 8_192) instanceof Malformed;
      expect(isLineBad || checkPartialHead(head.subarray(0, end)) !== null).toBe(true);
    }),
    runs(1_000),
  );
});
