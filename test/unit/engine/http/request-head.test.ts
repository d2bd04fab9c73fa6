import { describe, expect, it } from 'vitest';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseRequestHead, type RequestHead } from '../../../../electron/engine/http/message/request-head.ts';

const LIMITS = { target: 100, headers: 5 };
const parse = (text: string) => parseRequestHead(text, LIMITS);

function accepted(text: string): RequestHead {
  const head = parse(text);
  if (head instanceof Malformed) throw new Error(`refused: ${head.words}`);
  return head;
}

describe('parseRequestHead', () => {
  it('keeps order, case and duplicates of the header lines', () => {
    const head = accepted('GET /a?b=%20c HTTP/1.1\r\nHost: x\r\nX-A:  1 \r\nx-a: 2\r\nX-Empty:\r\n');
    expect(head.fields).toEqual(['Host', 'x', 'X-A', '1', 'x-a', '2', 'X-Empty', '']);
    expect(head).toMatchObject({
      method: 'GET',
      target: '/a?b=%20c',
      host: 'x',
      isHttp10: false,
      isPersistent: true,
    });
  });

  it('carries latin1 bytes in values', () => {
    expect(accepted('GET / HTTP/1.1\r\nHost: x\r\nX: \xe9\r\n').fields[3]).toBe('\xe9');
  });

  it.each([
    ['GET http://a.test:81/p?q HTTP/1.1\r\nHost: b\r\n', '/p?q', 'a.test:81'],
    ['GET http://a.test HTTP/1.1\r\nHost: b\r\n', '/', 'a.test'],
    ['GET http://a.test?q HTTP/1.1\r\nHost: b\r\n', '/?q', 'a.test'],
    ['OPTIONS * HTTP/1.1\r\nHost: b\r\n', '*', 'b'],
    ['OPTIONS http://a.test HTTP/1.1\r\nHost: b\r\n', '*', 'a.test'],
  ])('resolves the target of %j', (text, target, host) => {
    expect(accepted(text)).toMatchObject({ target, host });
  });

  it.each([
    ['HTTP/1.1', '', true],
    ['HTTP/1.1', 'Connection: close\r\n', false],
    ['HTTP/1.1', 'Connection: x, Close\r\n', false],
    ['HTTP/1.0', '', false],
    ['HTTP/1.0', 'Connection: Keep-Alive\r\n', true],
  ])('knows whether %s with %j keeps the connection', (version, line, isPersistent) => {
    expect(accepted(`GET / ${version}\r\nHost: x\r\n${line}`).isPersistent).toBe(isPersistent);
  });

  it('takes an upgrade only when Connection asks for it', () => {
    const upgrade = 'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n';
    expect(accepted(upgrade).upgrade).toBeNull();
    expect(accepted(`${upgrade}Connection: keep-alive, Upgrade\r\n`).upgrade).toBe('websocket');
  });

  it.each([
    ['Content-Length: 12\r\n', { kind: 'length', length: 12 }],
    ['Content-Length: 0\r\n', { kind: 'none' }],
    ['Transfer-Encoding: chunked\r\n', { kind: 'chunked' }],
    ['Transfer-Encoding: Chunked\r\n', { kind: 'chunked' }],
    ['', { kind: 'none' }],
  ])('frames a body by %j', (line, framing) => {
    expect(accepted(`POST / HTTP/1.1\r\nHost: x\r\n${line}`).framing).toEqual(framing);
  });

  it.each([
    ['no target', 'GET HTTP/1.1\r\nHost: x\r\n', 400],
    ['two spaces', 'GET  / HTTP/1.1\r\nHost: x\r\n', 400],
    ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: x\r\n', 400],
    ['a fragment', 'GET /a#b HTTP/1.1\r\nHost: x\r\n', 400],
    ['a byte above ASCII in the target', 'GET /\xe9 HTTP/1.1\r\nHost: x\r\n', 400],
    ['a tab as separator', 'GET\t/ HTTP/1.1\r\nHost: x\r\n', 400],
    ['a method that is no token', 'G@T / HTTP/1.1\r\nHost: x\r\n', 400],
    ['HTTP/0.9', 'GET /\r\nHost: x\r\n', 400],
    ['lower-case http', 'GET / http/1.1\r\nHost: x\r\n', 400],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n', 400],
    ['another version', 'GET / HTTP/1.2\r\nHost: x\r\n', 505],
    ['a relative target', 'GET a HTTP/1.1\r\nHost: x\r\n', 400],
    ['* with GET', 'GET * HTTP/1.1\r\nHost: x\r\n', 400],
    ['an absolute target without a host', 'GET http:///a HTTP/1.1\r\nHost: x\r\n', 400],
    ['a user in an absolute target', 'GET http://u@a/ HTTP/1.1\r\nHost: x\r\n', 400],
    ['a long target', `GET /${'a'.repeat(100)} HTTP/1.1\r\nHost: x\r\n`, 414],
    ['no Host', 'GET / HTTP/1.1\r\n', 400],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n', 400],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: x/y\r\n', 400],
    ['an empty Host', 'GET / HTTP/1.1\r\nHost: \r\n', 400],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n', 400],
    ['a folded line', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n', 400],
    ['a folded first line', 'GET / HTTP/1.1\r\n Host: x\r\n', 400],
    ['a line without a colon', 'GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n', 400],
    ['a line without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: a\r\n', 400],
    ['a NUL in a value', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n', 400],
    ['a DEL in a value', 'GET / HTTP/1.1\r\nHost: x\r\nA: \x7f\r\n', 400],
    ['a bare CR in a value', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n', 400],
    ['a bare LF in a value', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n', 400],
    ['too many lines', `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5)}`, 431],
    [
      'both lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n',
      400,
    ],
    ['a repeated length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n', 400],
    ['a list of lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n', 400],
    ['a signed length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n', 400],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n', 400],
    ['a hexadecimal length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x1\r\n', 400],
    ['an empty length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n', 400],
    ['an over-long length', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${'9'.repeat(16)}\r\n`, 400],
    ['an unknown coding', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n', 400],
    ['chunked twice', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n', 400],
    ['chunked not last', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n', 400],
    [
      'two codings',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n',
      400,
    ],
    ['a hidden coding', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \x0bchunked\r\n', 400],
    ['chunked in HTTP/1.0', 'POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n', 400],
  ])('refuses %s', (_name, text, status) => {
    expect(parse(text)).toMatchObject({ status });
    expect(parse(text)).toBeInstanceOf(Malformed);
  });

  it('takes a hundred options of Connection and a hundred hops, and says what is too much', () => {
    const listed = (count: number) => Array.from({ length: count }, (_, at) => `m${at}`).join(', ');
    const withLine = (line: string) => parse(`GET / HTTP/1.1\r\nHost: x\r\n${line}\r\n`);
    expect(
      accepted(`GET / HTTP/1.1\r\nHost: x\r\nConnection: ${listed(100)}\r\n`).connectionOptions.size,
    ).toBe(100);
    expect(withLine(`Connection: ${listed(101)}`)).toMatchObject({
      status: 400,
      words: 'Connection has more than 100 members.',
    });
    expect(withLine(`Connection: ${listed(60)}\r\nConnection: x, ${listed(100)}`)).toMatchObject({
      status: 400,
    });
    expect(withLine(`X-Forwarded-For: ${listed(100)}`)).not.toBeInstanceOf(Malformed);
    expect(withLine(`X-Forwarded-For: ${listed(50)}\r\nX-Forwarded-For: ${listed(51)}`)).toMatchObject({
      status: 400,
      words: 'X-Forwarded-For names more than 100 hops.',
    });
  });
});
