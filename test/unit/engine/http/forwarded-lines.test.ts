import { expect, it } from 'vitest';
import { ForwardedLines } from '../../../../electron/engine/http/message/forwarded-lines.ts';

const linesOf = (host: string, port: string) =>
  `X-Forwarded-For: ::1\r\nX-Forwarded-Host: ${host}\r\nX-Forwarded-Port: ${port}\r\nX-Forwarded-Proto: https\r\n`;

it('names the host of each request, however they alternate on one connection', () => {
  const lines = new ForwardedLines('::1', 'https');
  expect(lines.of('a.localhost:8443')).toBe(linesOf('a.localhost:8443', '8443'));
  expect(lines.of('a.localhost:8443')).toBe(linesOf('a.localhost:8443', '8443'));
  expect(lines.of('b.localhost')).toBe(linesOf('b.localhost', '443'));
  expect(lines.of('a.localhost:8443')).toBe(linesOf('a.localhost:8443', '8443'));
});
