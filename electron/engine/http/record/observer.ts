import type { AttemptRecord, ExchangeRecord } from '../../../../shared/view/exchange-record.ts';
import type { Backend } from '../../pool/backend.ts';
import type { PickTape } from '../../pool/pick-tape.ts';
import type { Pool } from '../../pool/pool.ts';
import type { AttemptFailure } from '../backend/retry.ts';
import type { BodyCaptures } from './body-captures.ts';
import type { HeadTape } from './head-tape.ts';

/** How an attempt ended, for the counters. */
export interface AttemptResult {
  /** 0 when there was no answer. */
  readonly status: number;
  /** Whether the backend is to blame for there being no whole answer. */
  readonly hasFailed: boolean;
  /**
   * Whether it says anything of the backend: not if the request itself asked for what went wrong, nor if the backend may
   * have refused its body.
   */
  readonly isEvidence: boolean;
  readonly durationMs: number;
  /** Body bytes to the backend, and from it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** An attempt whose reasons are on the tape still. */
export interface EndedAttempt extends Omit<AttemptRecord, 'why'> {
  /** Their number there. */
  readonly why: number;
}

export interface EndedExchange extends Omit<ExchangeRecord, 'attempts' | 'unserved'> {
  readonly attempts: readonly EndedAttempt[];
  /** Likewise. */
  readonly unserved: number;
  /** Where on the tape its heads begin. */
  readonly heads: number;
}

/** Whom the wire reports to. Called on the path of every request: keep it short, never throw. */
export interface ExchangeObserver {
  /** Where it is noted why each attempt goes where it goes; null while nobody watches. */
  readonly tape: PickTape | null;
  /** Where heads are kept; null while nobody watches. */
  readonly heads: HeadTape | null;
  /** Where bodies are kept; null while that is off for all pools. */
  readonly bodies: BodyCaptures | null;
  attemptStarted(backend: Backend): void;
  attemptEnded(backend: Backend, result: AttemptResult): void;
  /**
   * An exchange found no backend of this pool available.
   *
   * @returns whether one is looked for right now, so that it may wait in `Pool.looking`: it is woken within 1 s
   */
  looksForBackend(pool: Pool): boolean;
  /** An exchange was answered 503, because no backend of this pool was available. @param attempts those that it had */
  noBackend(pool: Pool, attempts: readonly EndedAttempt[]): void;
  /** A client's TLS handshake with a listener failed. */
  handshakeFailed(listener: string, client: string, reason: string): void;
  /** A connection of a client was not taken, or could not be. @param client empty when it is not known */
  connectionRefused(listener: string, client: string, reason: string): void;
  /** An exchange waits until a backend of this pool is back. */
  requestHeld(pool: Pool): void;
  exchangeEnded(exchange: EndedExchange): void;
  /** Traffic found out before the next probe could. */
  backendFailed(backend: Backend, failure: AttemptFailure): void;
  /** A connection to it ended without a response, and no other request got one meanwhile: worth a probe, no more. */
  backendSuspected(backend: Backend): void;
}
