import { POLICIES, type PolicyName } from '../config/policies.ts';

/** Policies that go by what the log does not keep of every request. */
const BY_HEADERS: readonly PolicyName[] = ['sticky-cookie', 'header-hash', 'cookie-hash'];

/** The policies that recorded traffic can be replayed through. */
export const REPLAYABLE: readonly PolicyName[] = POLICIES.filter((policy) => !BY_HEADERS.includes(policy));

/** Two policies that a pool's recorded requests are replayed through. */
export interface LabQuestion {
  readonly pool: string;
  readonly policies: readonly [PolicyName, PolicyName];
}

/** What would have come of it, and what did. Nothing is sent. */
export interface LabAnswer {
  /** Requests of the pool in the log that reached a backend and got a whole answer. */
  readonly requests: number;
  /** From the first of them to the last, milliseconds. */
  readonly spanMs: number;
  /** Backends of whose answers none is in the log: they are replayed with the durations of all the others. */
  readonly unmeasured: readonly string[];
  /** As it was: under whichever policies were in force. */
  readonly measured: LabResult;
  readonly replayed: readonly [LabResult, LabResult];
}

export interface LabResult {
  /** From arrival to the end of the answer, the wait for a free backend included; milliseconds. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Requests that had to wait because all backends were at their `maxConnections`. */
  readonly waited: number;
  /** In the order of the config. */
  readonly backends: readonly LabBackend[];
}

export interface LabBackend {
  readonly backend: string;
  readonly requests: number;
  /** Requests in flight at once, at most. */
  readonly peakInFlight: number;
  /** Of its own requests; null without any. */
  readonly p95Ms: number | null;
}
