import { expect, it } from 'vitest';
import { checkPartialHead, findHeadEnd } from '../../../../electron/engine/http/message/head-reader.ts';

it('finds the end of a head', () => {
  expect(findHeadEnd(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\nrest'))).toBe(27);
  expect(findHeadEnd(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n'))).toBe(-1);
});

it.each(['GET / HT', 'GET / HTTP/1.1\r', 'GET / HTTP/1.1\r\nA:\tb', 'G\xe9'])(
  'waits for more of %j',
  (text) => {
    expect(checkPartialHead(Buffer.from(text, 'latin1'))).toBeNull();
  },
);

it.each(['GET / HTTP/1.1\nHost', 'GET\0', 'a\rb', '\x16\x03\x01', '\n'])(
  'refuses %j without waiting',
  (text) => {
    expect(checkPartialHead(Buffer.from(text, 'latin1'))).toMatchObject({ status: 400 });
  },
);
