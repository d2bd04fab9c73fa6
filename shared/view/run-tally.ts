import type { BackendCounters, LatencySummary } from './snapshot.ts';

/** What requests got from when it was begun to count to when it was ended. */
export interface RunTally {
  readonly clients: ClientTally;
  readonly pools: readonly PoolTally[];
}

/** As the clients saw it. */
export interface ClientTally {
  readonly requests: number;
  /** Answered with 500 or above, or cut short. */
  readonly errors: number;
  /** From the request to the last byte of its answer, retries and waiting among it. */
  readonly latency: LatencySummary | null;
}

export interface PoolTally {
  readonly name: string;
  /** Requests answered 503 because no backend was available. */
  readonly unavailable: number;
  readonly latency: LatencySummary | null;
  readonly backends: readonly (Pick<BackendCounters, 'requests' | 'errors' | 'latency'> & {
    readonly name: string;
    /** Answers of status 500 and above. */
    readonly serverErrors: number;
  })[];
}
