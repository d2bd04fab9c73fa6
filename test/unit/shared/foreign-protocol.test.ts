import { expect, it } from 'vitest';
import {
  describeForeignBackend,
  describeForeignClient,
  quoteStart,
  recogniseProtocol,
} from '../../../shared/view/foreign-protocol.ts';

const MYSQL = 'J\0\0\0\x0a8.0.36\0';
const SETTINGS = '\0\0\x12\x04\0\0\0\0\0\0\x03';

it.each([
  ['\x15\x03\x01\0\x02\x02\x46', 'tls'],
  ['\x16\x03\x01\x02\0\x01', 'tls'],
  ['\x15', 'tls'],
  ['PRI * HTTP/2.0', 'http2'],
  [SETTINGS, 'http2'],
  ['SSH-2.0-OpenSSH_9.2p1 Debian\r\n', 'ssh'],
  ['220 mail.example ESMTP Postfix\r\n', 'smtp-or-ftp'],
  ['220-FileZilla Server\r\n', 'smtp-or-ftp'],
  ["-ERR wrong number of arguments for 'get' command\r\n", 'redis'],
  ['-DENIED Redis is running in protected mode\r\n', 'redis'],
  ['*1\r\n$4\r\nPING\r\n', 'redis'],
  [MYSQL, 'mysql'],
  ['HTTP/1.1 200 OK', null],
  ['GET / HTTP/1.1', null],
  ['', null],
  ['\x15\x07', null],
  ['220', null],
])('%j is %s', (start, protocol) => {
  expect(recogniseProtocol(start)).toBe(protocol);
});

it('says what a backend speaks, and what to do', () => {
  expect(describeForeignBackend('\x15\x03\x03')).toBe('it speaks TLS; write https:// in its URL');
  expect(describeForeignBackend('SSH-2.0-OpenSSH\r\n')).toBe(
    'it speaks SSH, not HTTP: it began with "SSH-2.0-OpenSSH"',
  );
  expect(describeForeignBackend('PHP Warning:  Undefined variable $x in /srv/a.php\nHTTP/1.1')).toBe(
    'its response begins with "PHP Warning:  Undefined variable $x in /srv/a.php" instead of HTTP/1.1',
  );
});

it('says what a client speaks, and what to do', () => {
  expect(describeForeignClient('\x16\x03\x01')).toMatch(/speaks TLS.*http:\/\/.*"tls" on the listener\.$/);
  expect(describeForeignClient('\0\x01')).toBe(
    'The request begins with "\\u0000\\u0001", which is not HTTP.',
  );
});

it('quotes one line of it, cut, with control characters escaped', () => {
  expect(quoteStart('\r\n\x1b[2Jhi\nmore')).toBe('"\\u001b[2Jhi"');
  expect(quoteStart('a'.repeat(200))).toBe(`"${'a'.repeat(60)}…"`);
});
