import { describe, expect, it } from 'vitest';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseResponseHead } from '../../../../electron/engine/http/message/response-head.ts';

const parse = (text: string, method = 'GET') => parseResponseHead(text, method, 20);

describe('parseResponseHead', () => {
  it.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n', 'GET', { kind: 'length', length: 3 }, true],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n', 'GET', { kind: 'chunked' }, true],
    ['HTTP/1.1 200 OK\r\n', 'GET', { kind: 'until-close' }, false],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n',
      'GET',
      { kind: 'length', length: 3 },
      false,
    ],
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n', 'HEAD', { kind: 'none' }, true],
    ['HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n', 'GET', { kind: 'none' }, true],
    ['HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n', 'GET', { kind: 'none' }, true],
    ['HTTP/1.1 103 Early Hints\r\n', 'GET', { kind: 'none' }, true],
    ['HTTP/1.0 200 OK\r\nContent-Length: 3\r\n', 'GET', { kind: 'length', length: 3 }, false],
    [
      'HTTP/1.0 200 OK\r\nContent-Length: 3\r\nConnection: keep-alive\r\n',
      'GET',
      { kind: 'length', length: 3 },
      true,
    ],
  ])('frames %j to %s', (text, method, framing, isPersistent) => {
    expect(parse(text, method)).toMatchObject({ framing, isPersistent });
  });

  it('takes an empty reason, a long one, and one in latin1', () => {
    expect(parse('HTTP/1.1 200\r\nContent-Length: 0\r\n')).toMatchObject({ status: 200, reason: '' });
    expect(parse('HTTP/1.1 200 \r\nContent-Length: 0\r\n')).toMatchObject({ status: 200, reason: '' });
    expect(parse('HTTP/1.1 404 Pas trouv\xe9\r\n')).toMatchObject({ status: 404, reason: 'Pas trouv\xe9' });
  });

  it.each([600, 799, 999])('takes the status %i, which no class has', (status) => {
    expect(parse(`HTTP/1.1 ${status} Odd\r\nContent-Length: 3\r\n`)).toMatchObject({
      status,
      framing: { kind: 'length', length: 3 },
    });
  });

  it('reads how long an idle connection is kept', () => {
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nKeep-Alive: timeout=5, max=9\r\n')).toMatchObject({
      keepAliveSeconds: 5,
    });
  });

  it.each([
    ['another protocol', 'ICY 200 OK\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n'],
    ['a short status', 'HTTP/1.1 20 OK\r\n'],
    ['a status below 100', 'HTTP/1.1 099 OK\r\n'],
    ['a control byte in the reason', 'HTTP/1.1 200 O\x07K\r\n'],
    ['both lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n'],
    ['differing lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n'],
    ['a space before a colon', 'HTTP/1.1 200 OK\r\nContent-Length : 1\r\n'],
    [
      'more options than a hundred',
      `HTTP/1.1 200 OK\r\nConnection: ${Array.from({ length: 101 }, (_, at) => `m${at}`)}\r\n`,
    ],
    ['an unknown coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n'],
  ])('refuses %s', (_name, text) => {
    expect(parse(text)).toBeInstanceOf(Malformed);
  });
});
