import { describe, expect, it } from 'vitest';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { takeResponse } from '../../../../electron/engine/http/message/response-reader.ts';
import { growthOf, LINEAR_GROWTH } from '../../../support/growth.ts';

const take = (text: string) => takeResponse(Buffer.from(text, 'latin1'), 0, 'GET');

describe('takeResponse', () => {
  it.each([
    ['by the rules', 'HTTP/1.1 200 OK\r\nA: b\r\n\r\n', ['A', 'b'], []],
    ['that LF alone ends', 'HTTP/1.1 200 OK\nA: b\n\n', ['A', 'b'], ['bare-lf']],
    ['whose last line LF alone ends', 'HTTP/1.1 200 OK\r\nA: b\n\r\n', ['A', 'b'], ['bare-lf']],
    ['whose empty line LF alone ends', 'HTTP/1.1 200 OK\r\nA: b\r\n\n', ['A', 'b'], ['bare-lf']],
    [
      'with a folded value',
      'HTTP/1.1 200 OK\r\nA: b  \r\n\t c\r\nD: e\r\n\r\n',
      ['A', 'b c', 'D', 'e'],
      ['folded'],
    ],
    [
      'with both',
      'HTTP/1.1 200 OK\r\nA: b;\n  c;\n  d\r\nE: f\r\n\r\n',
      ['A', 'b; c; d', 'E', 'f'],
      ['bare-lf', 'folded'],
    ],
    ['folded onto nothing', 'HTTP/1.1 200 OK\r\nA: b\r\n \r\nC: d\r\n\r\n', ['A', 'b', 'C', 'd'], ['folded']],
  ])('reads a head %s, and says what was repaired', (_what, text, fields, repairs) => {
    const taken = take(`${text}body\r\n\r\n`);
    expect(taken).toMatchObject({ head: { fields, repairs }, end: text.length });
  });

  it('takes the first empty line for the end of a head, however the body looks', () => {
    const head = 'HTTP/1.1 200 OK\nContent-Length: 9\n\n';
    expect(take(`${head}a\r\nb\r\n\r\nc`)).toMatchObject({ end: head.length });
  });

  it.each([
    'HTTP/1.1 200 OK\r\n A: b\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 8\r\n\r\n',
    'HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\n',
    'HTTP/1.1 200 OK\nA b\n\n',
    'HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n',
    'HTTP/1.1 200 OK\r\nA: b\0\n\n',
    'HTTP/1.1 200 OK\r\nA: b\x01',
    'HTTP/1.1 200 OK\r\nA: b\rc',
  ])('refuses %j', (text) => {
    expect(take(text)).toBeInstanceOf(Malformed);
  });

  it.each([
    'HTTP/1.1 200 OK\r',
    'HTTP/1.1 200 OK\n',
    'HTTP/1.1 200 OK\r\nA: b\n',
    'HTTP/1.1 200 OK\nA: b\n\r',
  ])('waits for more of %j', (text) => {
    expect(take(text)).toBeNull();
  });

  it('reads a value folded thousands of times in linear time', () => {
    const folded = (lines: number) => `HTTP/1.1 200 OK\r\nA: b${'\n c'.repeat(lines)}\r\n\r\n`;
    const input = (size: number) => Buffer.from(folded(size / 3), 'latin1');
    expect(growthOf(48_000, input, (bytes) => takeResponse(bytes, 0, 'GET'))).toBeLessThan(LINEAR_GROWTH);
  });
});
