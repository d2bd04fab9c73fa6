import { expect, it } from 'vitest';
import {
  causeOfSocketError,
  describeSocketError,
  socketErrorCode,
} from '../../../shared/text/socket-error.ts';

const error = (facts: object, message = 'message') => Object.assign(new Error(message), facts);
const refused = error({ code: 'ECONNREFUSED', syscall: 'connect' });

it.each([
  [refused, 'connection refused'],
  [error({ code: 'ECONNRESET', syscall: 'read' }), 'connection reset'],
  [error({ code: 'ECONNRESET' }, 'socket hang up'), 'connection closed without an answer'],
  [error({ code: 'ENOTFOUND', hostname: 'foo' }), 'host "foo" not found'],
  [error({ code: 'ENOTFOUND' }), 'host not found'],
  [error({ code: 'EPROTO' }), 'it does not speak TLS; write http:// in its URL'],
  [
    error({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    'its certificate is self-signed; set "insecure": true to accept it',
  ],
  [error({ code: 'ESOMETHING' }, 'in its own words'), 'in its own words'],
  [error({ code: 'ESOMETHING' }, ''), 'ESOMETHING'],
  [new AggregateError([error({ code: 'ENETUNREACH' }), refused]), 'connection refused'],
])('%o → %s', (cause, words) => {
  expect(describeSocketError(cause)).toBe(words);
});

it.each([
  [refused, 'refused'],
  [error({ code: 'ECONNRESET', syscall: 'read' }), 'reset'],
  [error({ code: 'ECONNRESET' }), 'closed'],
  [error({ code: 'ENOTFOUND' }), 'unreachable'],
  [error({ code: 'EMFILE' }), 'local'],
  [error({ code: 'EPROTO' }), 'not-tls'],
  [error({ code: 'CERT_HAS_EXPIRED' }), 'certificate'],
  [error({ code: 'ESOMETHING' }), 'other'],
  [new AggregateError([error({ code: 'ENETUNREACH' }), refused]), 'refused'],
])('the cause of %o is %s', (one, kind) => {
  expect(causeOfSocketError(one)).toEqual({ kind });
});

it('the code of several addresses is that of the last one tried', () => {
  expect(socketErrorCode(new AggregateError([error({ code: 'ENETUNREACH' }), refused]))).toBe('ECONNREFUSED');
  expect(socketErrorCode(new AggregateError([]))).toBe('');
});
