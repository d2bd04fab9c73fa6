import { expect, it } from 'vitest';
import { NO_OPTIONS } from '../../../../electron/engine/http/message/connection-options.ts';
import { HeaderEdits } from '../../../../electron/engine/http/message/header-edits.ts';
import { forwardableTrailers } from '../../../../electron/engine/http/message/trailers.ts';

const none = { connectionOptions: NO_OPTIONS, edits: null };

it('trailers that are nobody’s but the two ends’ go on, in their order and case', () => {
  const trailers = ['X-Sum', '1', 'grpc-status', '0', 'x_sum', '2', 'ETag', '"a"'];
  expect(forwardableTrailers(trailers, none)).toEqual(trailers);
});

it.each([
  ['frame the message', ['Content-Length', 'Transfer-Encoding', 'transfer_encoding', 'Trailer', 'TE']],
  ['say where it goes', ['Host', 'Connection', 'Upgrade', 'CDN-Loop', 'Via', 'Location']],
  ['say who asks', ['Authorization', 'Cookie', 'Set-Cookie', 'set_cookie', 'Proxy-Authorization']],
  ['say what earlier hops know', ['X-Forwarded-For', 'X-Forwarded-Prefix', 'x_forwarded_port', 'Forwarded']],
  ['are for this hop', ['X-Switchyard-Backend', 'X_Switchyard_Fault']],
  ['change how it is read', ['Content-Type', 'Content-Encoding', 'Range', 'If-Match', 'Cache-Control']],
])('trailers that %s do not', (_what, names) => {
  expect(
    forwardableTrailers(
      names.flatMap((name) => [name, 'x']),
      none,
    ),
  ).toEqual([]);
});

it('nor do those that Connection names, or that the route removes or sets, in any spelling', () => {
  const edits = HeaderEdits.of({ set: { 'X-Role': 'guest' }, remove: ['X-Admin'] });
  const trailers = ['x_role', 'a', 'X-ADMIN', 'b', 'X-Hop', 'c', 'X-Sum', '1'];
  expect(forwardableTrailers(trailers, { connectionOptions: new Set(['x-hop']), edits })).toEqual([
    'X-Sum',
    '1',
  ]);
});
