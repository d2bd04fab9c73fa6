import { expect, it } from 'vitest';
import { createToken, isSameToken, readToken } from '../../../../electron/services/control/token.ts';

it('a token is 32 random bytes that can stand in a header', () => {
  const [one, other] = [createToken(), createToken()];
  expect(one).not.toBe(other);
  expect(Buffer.from(one, 'hex')).toHaveLength(32);
  expect(readToken(one, 'x')).toEqual({ ok: true, value: one });
});

it('only the whole of it is the same', () => {
  expect(isSameToken('abc', 'abc')).toBe(true);
  for (const other of ['', 'ab', 'abcd', 'abC']) expect(isSameToken('abc', other)).toBe(false);
});

it.each([
  '',
  ' ',
  'short',
  'two words of it are too many',
  'line\nend-in-the-middle',
  'ümlauts-are-not-taken',
  'x'.repeat(600),
])('%j is no token', (text) =>
  expect(readToken(text, 'my.token')).toMatchObject({
    ok: false,
    error: expect.stringMatching(/^my\.token holds/),
  }),
);

it('the line end of a file is not part of it', () => {
  expect(readToken(`${'a'.repeat(16)}\n`, 'x')).toEqual({ ok: true, value: 'a'.repeat(16) });
});
