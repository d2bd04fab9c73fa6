/** What is wrong with a message that cannot be passed on. */
export type MalformedCode =
  | 'bad-request-line'
  | 'bad-status-line'
  | 'bad-field'
  | 'bad-host'
  | 'bad-framing'
  | 'bad-chunk'
  | 'bad-line-end'
  /** The first bytes are those of another protocol. */
  | 'not-http'
  /** TLS where plain http is spoken. */
  | 'speaks-tls'
  | 'unsupported-version'
  | 'head-too-large'
  | 'too-many-headers'
  | 'target-too-long'
  | 'body-too-large';

/** Why Switchyard sends an error response of its own. */
export type RefusalCode =
  | MalformedCode
  /** Plain http on a listener that speaks https. */
  | 'plain-http'
  | 'head-timeout'
  | 'body-timeout'
  /** CONNECT, or TRACE at its last hop. */
  | 'method-not-allowed'
  | 'loop'
  /** The Host is none that the listener takes where it replaces it. */
  | 'host-not-allowed'
  /** The request asks for a backend or a fault that it cannot have. */
  | 'bad-override'
  /** The listener has as many connections as it takes. */
  | 'too-many-connections'
  /** This machine or process can open no more connections, whichever the backend. */
  | 'out-of-resources'
  /** Switchyard stops, or the listener is removed. */
  | 'stopping'
  | 'no-backend'
  | 'queue-full'
  | 'queue-timeout'
  | 'hold-timeout'
  | 'backend-unreachable'
  | 'backend-closed'
  | 'backend-malformed'
  | 'backend-timeout';

/** Why a request got an error response from Switchyard instead of a response from a backend. */
export interface Refusal {
  readonly code: RefusalCode;
  /** What happened, and which setting decides it: whole sentences. */
  readonly message: string;
}

const OF_THE_HEAD: ReadonlySet<RefusalCode> = new Set([
  'bad-request-line',
  'bad-status-line',
  'bad-field',
  'bad-host',
  'bad-framing',
  'bad-line-end',
  'not-http',
  'speaks-tls',
  'unsupported-version',
  'head-too-large',
  'too-many-headers',
  'target-too-long',
  'plain-http',
  'head-timeout',
  'too-many-connections',
]);

/** Whether the request was refused before its head had been read: what is recorded of it may not be all of it. */
export function isHeadUnread(refusal: Refusal | null): boolean {
  return refusal !== null && OF_THE_HEAD.has(refusal.code);
}

/** The status of each refusal. */
export const REFUSAL_STATUS: Readonly<Record<RefusalCode, number>> = {
  'bad-request-line': 400,
  'bad-status-line': 400,
  'bad-field': 400,
  'bad-host': 400,
  'bad-framing': 400,
  'bad-chunk': 400,
  'bad-line-end': 400,
  'not-http': 400,
  'speaks-tls': 400,
  'unsupported-version': 505,
  'head-too-large': 431,
  'too-many-headers': 431,
  'target-too-long': 414,
  'body-too-large': 413,
  'plain-http': 400,
  'head-timeout': 408,
  'body-timeout': 408,
  'method-not-allowed': 405,
  loop: 508,
  'host-not-allowed': 421,
  'bad-override': 400,
  'too-many-connections': 503,
  'out-of-resources': 503,
  stopping: 503,
  'no-backend': 503,
  'queue-full': 503,
  'queue-timeout': 503,
  'hold-timeout': 503,
  'backend-unreachable': 502,
  'backend-closed': 502,
  'backend-malformed': 502,
  'backend-timeout': 504,
};
