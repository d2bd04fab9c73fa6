import type { ExchangeRecord } from '../../shared/exchange-record.ts';
import type { Backend } from '../pool/backend.ts';
import type { Pool } from '../pool/pool.ts';

/** How an attempt ended, for the counters. */
export interface AttemptResult {
  /** 0 when there was no answer. */
  readonly status: number;
  /** Whether the backend is to blame for there being no whole answer. */
  readonly hasFailed: boolean;
  readonly durationMs: number;
  /** Body bytes to the backend, and from it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Whom the wire reports to. Called on the path of every request: keep it short, never throw. */
export interface ExchangeObserver {
  /** Whether anybody wants to know why each attempt went where it went. */
  readonly isWatched: boolean;
  attemptStarted(backend: Backend): void;
  attemptEnded(backend: Backend, result: AttemptResult): void;
  /** An exchange found no backend of this pool available. */
  noBackend(pool: Pool): void;
  exchangeEnded(record: ExchangeRecord): void;
  /** Traffic found out before the next probe could. */
  backendFailed(backend: Backend, words: string): void;
}
