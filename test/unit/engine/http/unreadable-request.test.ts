import { expect, it } from 'vitest';
import { knownOfRequest } from '../../../../electron/engine/http/client/unreadable-request.ts';

it.each<[string, { method: string; target: string; headText: string }]>([
  [
    'GET /a HTTP/1.1\r\nHost: x\r\nCoo',
    { method: 'GET', target: '/a', headText: 'GET /a HTTP/1.1\r\nHost: x\r\n' },
  ],
  ['\r\nGET /a HTTP/1.1\r\n', { method: 'GET', target: '/a', headText: 'GET /a HTTP/1.1\r\n' }],
  ['GET /a b HTTP/1.1\r\n', { method: 'GET', target: '/a%20b', headText: 'GET /a b HTTP/1.1\r\n' }],
  ['GET /caf\xe9\x1b[2J HTTP/1.1\n', { method: 'GET', target: '/caf%E9%1B[2J', headText: '' }],
  ['GET /half', { method: 'GET', target: '/half', headText: '' }],
])('of %j it knows method, target and whole lines', (text, known) => {
  expect(knownOfRequest(Buffer.from(text, 'latin1'))).toEqual(known);
});

it.each([
  '',
  '\x16\x03\x01',
  'SSH-2.0-OpenSSH_9.2\r\n',
  'hello world\r\n',
  'a'.repeat(100),
  ' / HTTP/1.1\r\n',
])('of %j it knows nothing', (text) => {
  const nothing = { method: '', target: '', headText: '' };
  expect(knownOfRequest(Buffer.from(text, 'latin1'))).toEqual(nothing);
});

it('of nothing it knows nothing, and of a long target its beginning', () => {
  expect(knownOfRequest(null).method).toBe('');
  expect(knownOfRequest(Buffer.from(`GET /${'t'.repeat(5_000)}`)).target).toBe(`/${'t'.repeat(1_023)}…`);
});
