import { describe, expect, it } from 'vitest';
import { hasSecrets, isSensitive, redact } from '../../../shared/text/sensitive-headers.ts';
import { headerOf, parseHead } from '../../../shared/view/message-head.ts';

describe('a head', () => {
  it('is its line and its fields, in their order and case', () => {
    const head = parseHead('GET /a?b HTTP/1.1\r\nHost: h:1\r\nX-a:1\r\nx-A: \r\n');
    expect(head).toEqual({
      line: 'GET /a?b HTTP/1.1',
      fields: [
        { name: 'Host', value: 'h:1' },
        { name: 'X-a', value: '1' },
        { name: 'x-A', value: '' },
      ],
    });
    expect([headerOf(head, 'HOST'), headerOf(head, 'x-a'), headerOf(head, 'x-b')]).toEqual([
      'h:1',
      '1',
      null,
    ]);
  });

  it('reads UTF-8 where it is that, and one character a byte where it is not', () => {
    const head = parseHead('GET / HTTP/1.1\r\nA: caf\xc3\xa9 100%\r\nB: caf\xe9\r\n');
    expect(head.fields.map(({ value }) => value)).toEqual(['café 100%', 'café']);
  });
});

describe('what is secret', () => {
  it.each([
    ['Authorization', 'Bearer abc', 'Bearer •'],
    ['proxy-authorization', 'Basic dTpw', 'Basic •'],
    ['Authorization', 'abc', '•'],
    ['Cookie', 'id=1; theme=a=b', 'id=•; theme=•'],
    ['Cookie', 'abc', '•'],
    ['Set-Cookie', 'id=1; Path=/; HttpOnly', 'id=•; Path=/; HttpOnly'],
    ['X-Api-Key', 'k', '•'],
    ['X-CSRF-Token', 't', '•'],
    ['X-Auth-Key', 'k', '•'],
    ['Location', '/cb?code=1&id_token=t#access_token=u', '/cb?code=1&id_token=•#access_token=•'],
    ['Referer', 'http://h/?X-Amz-Signature=s&a=b', 'http://h/?X-Amz-Signature=•&a=b'],
  ])('of %s: %s is taken out', (name, value, redacted) => {
    expect(redact({ name, value }, '•')).toEqual({ name, value: redacted });
  });

  it.each([
    ['GET /?token=1 HTTP/1.1\r\nHost: h\r\n', true],
    ['GET / HTTP/1.1\r\nHost: h\r\nCookie: a=1\r\n', true],
    ['GET /token?a=1 HTTP/1.1\r\nHost: h\r\n', false],
  ])('whether there is any in %j', (head, has) => {
    expect(hasSecrets(head)).toBe(has);
  });

  it.each(['Accept', 'Host', 'WWW-Authenticate', 'Sec-WebSocket-Key', 'X-Forwarded-For', 'Cache-Control'])(
    '%s stays as it is',
    (name) => {
      expect([isSensitive(name), redact({ name, value: 'v' })]).toEqual([false, { name, value: 'v' }]);
    },
  );
});
