import type { HealthCause, PlainCauseKind } from '../view/health-cause.ts';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ECONNABORTED: 'connection aborted',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  EADDRNOTAVAIL: 'address not available on this machine',
  EADDRINUSE: 'address already in use',
  EACCES: 'not permitted',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files on this machine',
  ENOBUFS: 'no memory left for connections',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host name lookup failed',
  EPROTO: 'it does not speak TLS; write http:// in its URL',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; write http:// in its URL',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS; write http:// in its URL',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; set "insecure": true to accept it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed; set "insecure": true to accept it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified; set "insecure": true to accept it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified; set "insecure": true to accept it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

const CAUSES: Readonly<Record<string, PlainCauseKind>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EADDRINUSE: 'local',
  EMFILE: 'local',
  ENFILE: 'local',
  ENOBUFS: 'local',
  EPROTO: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
};

/** The code of a socket's error; of the last address tried when a name had several. */
export function socketErrorCode(error: Error): string {
  if (error instanceof AggregateError) {
    const last: unknown = error.errors.at(-1);
    if (last instanceof Error) return socketErrorCode(last);
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What went wrong with a connection, for code. */
export function causeOfSocketError(error: Error): HealthCause {
  const code = socketErrorCode(error);
  if (isOrderlyEnd(error, code)) return { kind: 'closed' };
  return { kind: CAUSES[code] ?? 'other' };
}

/** Node's clients give an orderly end in the wrong place the code of a reset; only the system's has a call. */
function isOrderlyEnd(error: Error, code: string): boolean {
  return code === 'ECONNRESET' && !('syscall' in error);
}

/** What went wrong with a connection, in words: `connection refused`. */
export function describeSocketError(error: Error): string {
  const code = socketErrorCode(error);
  if (code === 'ENOTFOUND' && 'hostname' in error && typeof error.hostname === 'string')
    return `host "${error.hostname}" not found`;
  if (isOrderlyEnd(error, code)) return 'connection closed without an answer';
  return WORDS[code] ?? (error.message === '' ? code : error.message);
}
