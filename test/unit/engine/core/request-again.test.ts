import { describe, expect, it } from 'vitest';
import { requestAgain } from '../../../../electron/engine/core/request-again.ts';

const head = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;
const again = (text: string, body: string | null = null, backend: string | null = null) =>
  requestAgain(text, body === null ? null : Buffer.from(body, 'latin1'), backend).toString('latin1');

describe('a request sent again', () => {
  it('is the same but for what its connection was told', () => {
    expect(again(head('GET /a HTTP/1.1', 'host: h', 'X-A: caf\xe9', 'x-a: 2', 'Cookie: a=1'))).toBe(
      'GET /a HTTP/1.1\r\nhost: h\r\nX-A: caf\xe9\r\nx-a: 2\r\nCookie: a=1\r\n\r\n',
    );
  });

  it('has its body whole, whatever it came in', () => {
    const chunked = head(
      'POST / HTTP/1.1',
      'Host: h',
      'Transfer-Encoding: chunked',
      'Trailer: x',
      'Expect: 100-continue',
    );
    expect(again(chunked, '\xff\0')).toBe('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n\xff\0');
    expect(again(head('PUT / HTTP/1.1', 'Host: h', 'Content-Length: 0'), '')).toMatch(
      /Content-Length: 0\r\n\r\n$/,
    );
  });

  it('keeps what Connection says of other fields', () => {
    expect(again(head('GET / HTTP/1.1', 'Host: h', 'Connection: keep-alive, X-Hop', 'X-Hop: 1'))).toBe(
      'GET / HTTP/1.1\r\nHost: h\r\nX-Hop: 1\r\nConnection: X-Hop\r\n\r\n',
    );
  });

  it('asks for a backend in the place of the one it asked for', () => {
    const wishing = head('GET / HTTP/1.1', 'Host: h', 'x-switchyard-backend: a', 'X-Switchyard-Fault: hang');
    expect(again(wishing, null, 'b')).toBe(
      'GET / HTTP/1.1\r\nHost: h\r\nX-Switchyard-Fault: hang\r\nX-Switchyard-Backend: b\r\n\r\n',
    );
    expect(again(wishing)).toContain('x-switchyard-backend: a');
  });
});
