import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyDecoder } from '../../../../electron/engine/http/message/body-decoder.ts';
import type { Framing } from '../../../../electron/engine/http/message/framing.ts';

/** Feeds the bytes in pieces; tells what came out and what was left over. */
function decode(framing: Framing, pieces: readonly Buffer[]) {
  const decoder = createBodyDecoder(framing);
  const payload: Buffer[] = [];
  const rest: Buffer[] = [];
  for (const piece of pieces) {
    const at = decoder.decode(piece, 0, { bodyData: (data) => payload.push(Buffer.from(data)) });
    if (decoder.malformed) break;
    rest.push(piece.subarray(at));
  }
  const text = (parts: readonly Buffer[]) => Buffer.concat([...parts]).toString('latin1');
  return {
    payload: text(payload),
    rest: text(rest),
    isDone: decoder.isDone,
    malformed: decoder.malformed,
    trailers: decoder.trailers,
  };
}

const chunked = (text: string) => decode({ kind: 'chunked' }, [Buffer.from(text, 'latin1')]);

describe('a body of a known length', () => {
  it('ends where its length says and leaves the rest', () => {
    expect(decode({ kind: 'length', length: 4 }, [Buffer.from('abcdGET')])).toMatchObject({
      payload: 'abcd',
      rest: 'GET',
      isDone: true,
    });
  });

  it('is not done before', () => {
    expect(decode({ kind: 'length', length: 4 }, [Buffer.from('abc')]).isDone).toBe(false);
  });
});

describe('a chunked body', () => {
  it('gives its payload, and what follows it stays', () => {
    expect(chunked('4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\n\r\nGET /')).toMatchObject({
      payload: 'Wikipedia',
      rest: 'GET /',
      isDone: true,
      malformed: null,
    });
  });

  it('reads trailers', () => {
    expect(chunked('1\r\na\r\n0\r\nX-Sum: 9\r\n\r\n')).toMatchObject({
      isDone: true,
      trailers: ['X-Sum', '9'],
    });
  });

  it.each([
    ['no size', '\r\nabc'],
    ['a size with a space', '4 \r\nWiki\r\n'],
    ['a signed size', '+4\r\nWiki\r\n'],
    ['a size with 0x', '0x4\r\nWiki\r\n'],
    ['a size of 13 digits', '0000000000001\r\na\r\n'],
    ['LF after the size', '4\nWiki\r\n'],
    ['CR alone after the size', '4\rXWiki\r\n'],
    ['LF in an extension', '4;a\nWiki\r\n'],
    ['an extension that is too long', `4;${'a'.repeat(300)}\r\nWiki\r\n`],
    ['a chunk longer than its size', '4\r\nWikipedia\r\n'],
    ['a chunk without its CRLF', '4\r\nWiki5\r\npedia\r\n'],
    ['LF after a chunk', '4\r\nWiki\n0\r\n\r\n'],
    ['LF in the trailers', '0\r\nA: b\n\r\n'],
    ['a folded trailer', '0\r\nA: b\r\n c\r\n\r\n'],
    ['more trailer lines than 64', `0\r\n${'A: b\r\n'.repeat(65)}\r\n`],
    ['trailers that are too long', `0\r\nA: ${'b'.repeat(9_000)}`],
  ])('with %s is refused', (_name, text) => {
    expect(chunked(text).malformed).not.toBeNull();
  });

  it('reads the same however its bytes are split', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 20 });
    const chunks = fc.array(fc.string({ minLength: 1, maxLength: 20, unit: 'binary-ascii' }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(chunks, cuts, (parts, at) => {
        const body = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');
        const bytes = Buffer.from(`${body}0\r\nT: v\r\n\r\nNEXT`, 'latin1');
        const offsets = [...new Set([0, ...at.filter((one) => one < bytes.length), bytes.length])].sort(
          (a, b) => a - b,
        );
        const pieces = offsets.slice(1).map((end, index) => bytes.subarray(offsets[index], end));
        expect(decode({ kind: 'chunked' }, pieces)).toMatchObject({
          payload: parts.join(''),
          rest: 'NEXT',
          isDone: true,
          trailers: ['T', 'v'],
        });
      }),
    );
  });
});
