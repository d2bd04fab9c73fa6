import type { HealthCause } from '../../../../shared/view/health-cause.ts';
import type { RefusalCode } from '../../../../shared/view/refusal.ts';

/** Why an attempt brought no whole answer. */
export type AttemptFailureCode =
  /** No connection could be made: nothing was sent. */
  | 'unreachable'
  /** A connection kept from an earlier exchange ended before a byte of this answer. */
  | 'stale'
  /** It ended before the whole body of the request had been sent: the backend may have refused the request. */
  | 'unread'
  | 'reset'
  | 'closed'
  /** The user took the backend out while it served. */
  | 'cut'
  | 'timeout'
  | 'malformed';

export interface AttemptFailure {
  readonly code: AttemptFailureCode;
  /** `connection refused`, `no answer in time`. */
  readonly words: string;
  /** Whether a byte of the answer had come. */
  readonly hasAnswered: boolean;
  /** Whether bytes of the request could not be sent any more; absent for no. */
  readonly isUnsent?: boolean;
  /** What kept a connection from being made; absent unless it is `unreachable`. */
  readonly cause?: HealthCause;
}

export interface RetryFacts {
  readonly method: string;
  /** Whether every byte of the body so far is still at hand. */
  readonly isBodyReplayable: boolean;
  readonly attempts: number;
  /** How many of them ended with the connection, after the request had been sent. */
  readonly lost: number;
  readonly elapsedMs: number;
  /** Most attempts, and milliseconds after which no new one starts. */
  readonly limits: { readonly attempts: number; readonly budget: number };
}

export type RetryDecision =
  | 'same-backend'
  | 'next-backend'
  /** Another backend, but only if this one takes no connection any more. */
  | 'next-if-gone'
  | 'give-up';

const STOPPED_READING = 'it stopped reading the request and closed the connection; it may have refused it';

/** RFC 9110 section 9.2.2: doing it twice is the same as doing it once. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Whether the connection ended, with no byte of a response, after the request or part of it had been sent. */
export function isLost({ code, hasAnswered }: AttemptFailure): boolean {
  return !hasAnswered && (code === 'reset' || code === 'closed');
}

/**
 * The failure of a request with a body, seen by how much of the body had been sent. A server that refuses an upload
 * closes its connection with the rest unread, and its system then resets it: that is no failure of the server.
 */
export function withBodyInMind(
  failure: AttemptFailure,
  body: { readonly isDone: boolean; readonly isReplayable: boolean },
): AttemptFailure {
  const isCutShort =
    (isLost(failure) && (!body.isDone || failure.isUnsent === true)) ||
    // So much was sent that the connection was not closed before.
    (failure.code === 'stale' && !body.isReplayable);
  return isCutShort ? { code: 'unread', words: STOPPED_READING, hasAnswered: false } : failure;
}

/**
 * What was never sent may always be sent elsewhere. What may have been processed is repeated only when its
 * method is idempotent (RFC 9110 section 9.2.2). What has been partly answered is never repeated.
 *
 * A request that has cost a backend its connection may be the reason for that. After a reset it goes to another backend
 * only if this one is gone, and no request does so twice: else one request could take out all backends.
 */
export function decideRetry(failure: AttemptFailure, facts: RetryFacts): RetryDecision {
  if (failure.hasAnswered || !facts.isBodyReplayable) return 'give-up';
  if (failure.code === 'malformed' || failure.code === 'timeout' || failure.code === 'unread')
    return 'give-up';
  if (facts.attempts >= facts.limits.attempts || facts.elapsedMs >= facts.limits.budget) return 'give-up';
  if (failure.code === 'unreachable') return 'next-backend';
  if (!IDEMPOTENT.has(facts.method)) return 'give-up';
  if (failure.code === 'stale') return 'same-backend';
  if (failure.code === 'cut') return 'next-backend';
  if (facts.lost > 1) return 'give-up';
  return failure.code === 'reset' ? 'next-if-gone' : 'next-backend';
}

/** Whether it was this process or machine that could open no connection: no fault of any backend. */
export function isOurs({ cause }: AttemptFailure): boolean {
  return cause?.kind === 'local';
}

/** Whether traffic has seen enough to take the backend out before the next probe. */
export function isBackendDown(failure: AttemptFailure): boolean {
  return failure.code === 'unreachable' && !isOurs(failure);
}

/** What a client is refused with whose last attempt failed like this. */
export function refusalCodeOf(failure: AttemptFailure): RefusalCode {
  if (isOurs(failure)) return 'out-of-resources';
  const { code } = failure;
  switch (code) {
    case 'unreachable':
    case 'malformed':
    case 'timeout':
      return `backend-${code}`;
    case 'stale':
    case 'unread':
    case 'reset':
    case 'closed':
    case 'cut':
      return 'backend-closed';
  }
}

/**
 * The body of a 502 or 504.
 *
 * @param url of the backend; null where the client must not learn of it (`exposeBackend`). Then the system's own words
 *   are left out too, since they may name a host.
 */
export function describeFailure(url: string | null, failure: AttemptFailure): string {
  if (isOurs(failure))
    return `Switchyard cannot open another connection: ${failure.words}. That is no fault of the backend: allow more open files (ulimit -n), or fewer connections (limits.connections of the listener).`;
  const backend = url ?? 'the backend';
  const subject = url ?? 'The backend';
  switch (failure.code) {
    case 'malformed':
      return `The answer from ${backend} could not be understood: ${failure.words}`;
    case 'timeout':
      return `${subject} gave ${failure.words}.`;
    case 'unreachable':
      return url === null ? 'The backend cannot be reached.' : `${url} gave no answer: ${failure.words}.`;
    case 'reset':
      return url === null ? 'The backend gave no answer.' : `${url} gave no answer: ${failure.words}.`;
    default:
      return `${subject} gave no answer: ${failure.words}.`;
  }
}
