import type { PolicyName } from '../config/policies.ts';

export const TRAFFIC_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type TrafficMethod = (typeof TRAFFIC_METHODS)[number];
/** Methods whose requests may have a body. */
export const METHODS_WITH_BODY: readonly TrafficMethod[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** What *Send traffic* sends: real requests over real sockets to one listener. */
export interface TrafficPlan {
  readonly listener: string;
  /** The host asked for, without a port: that of a route. The listener's own when left out. */
  readonly host?: string | undefined;
  /** The pool that is meant: what the run is kept under. */
  readonly pool: string;
  readonly method: TrafficMethod;
  /** Sent as written, in this order. */
  readonly headers: readonly TrafficHeader[];
  /** UTF-8; empty for none. */
  readonly body: string;
  /** At least one; requests take turns by weight. */
  readonly paths: readonly TrafficPath[];
  readonly load: TrafficLoad;
}

export interface TrafficHeader {
  readonly name: string;
  readonly value: string;
}

export interface TrafficPath {
  /** Starts with `/`. */
  readonly path: string;
  /** A whole number: of 3 and 1, the first is asked for three times as often. */
  readonly weight: number;
}

/**
 * A rate is an open load: requests leave on schedule, whether or not earlier ones have been answered, so that a
 * stall shows in the latency of all that were due meanwhile. The other two are closed: the next leaves when one has
 * been answered, for so many requests or for so long.
 */
export type TrafficLoad =
  | { readonly kind: 'rate'; readonly perSecond: number; readonly durationMs: number }
  | { readonly kind: 'count'; readonly requests: number; readonly concurrency: number }
  | { readonly kind: 'concurrency'; readonly concurrency: number; readonly durationMs: number };

export interface TrafficProgress {
  /** `lost`: the generator's thread ended by itself; these are the last figures it gave. */
  readonly state: 'running' | 'done' | 'stopped' | 'lost';
  readonly plan: TrafficPlan;
  readonly sent: number;
  /** Null where only time ends it. */
  readonly planned: number | null;
  /** Answers by status, `"200": 297`; failures without an answer by their words. */
  readonly answers: Readonly<Record<string, number>>;
  /** Answers by the `X-Forwarded-Server` they carried. */
  readonly byBackend: Readonly<Record<string, number>>;
  /** Since the first request left; of a run that is over, until its last answer. */
  readonly elapsedMs: number;
  /** Of whole answers; null before the first. */
  readonly latency: TrafficLatency | null;
  readonly punctuality: Punctuality | null;
}

/**
 * From when a request was due to leave, for a rate, or left, for the others, to the last byte of its answer.
 * Milliseconds.
 */
export interface TrafficLatency {
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Whole answers by `latencyBucket`. */
  readonly buckets: readonly number[];
}

/** How well a rate was kept. Null for the closed loads, which have no schedule. */
export interface Punctuality {
  /** How late requests left because the generator itself was busy: of each that had a connection, milliseconds. */
  readonly lateP99Ms: number;
  readonly lateMaxMs: number;
  /** Requests that had to wait for one of `TRAFFIC_LIMITS.concurrency` connections; the wait is in their latency. */
  readonly heldBack: number;
}

/** A run as it is kept for comparison. */
export interface TrafficRun {
  /** In the order they began. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Of the pool when it began; null when it was not known. */
  readonly policy: PolicyName | null;
  /** Whether another one was chosen before it was over. */
  readonly hasPolicyChanged: boolean;
  /** Attempts at the pool's backends meanwhile, anybody's; null when the counters were reset. */
  readonly attempts: number | null;
  readonly progress: TrafficProgress;
}

export const TRAFFIC_LIMITS = {
  requests: 1_000_000,
  concurrency: 256,
  perSecond: 10_000,
  durationMs: 600_000,
  paths: 20,
  weight: 1_000,
  headers: 50,
  bodyBytes: 262_144,
} as const;

export const RUNS_KEPT = 20;

/** Twelve buckets for each tenfold, from 0.1 ms up to 100 s: each bound is 21 % above the one before. */
const BUCKETS_A_DECADE = 12;
const LEAST_MS = 0.1;
export const LATENCY_BUCKETS = 6 * BUCKETS_A_DECADE;

/** The bucket of a latency; what is below the first or above the last bound is counted there. */
export function latencyBucket(ms: number): number {
  const index = Math.floor(Math.log10(Math.max(ms, LEAST_MS) / LEAST_MS) * BUCKETS_A_DECADE);
  return Math.min(index, LATENCY_BUCKETS - 1);
}

/** Where along the buckets a latency lies: 12 is 1 ms. */
export function latencyPosition(ms: number): number {
  return Math.log10(Math.max(ms, LEAST_MS) / LEAST_MS) * BUCKETS_A_DECADE;
}

/** Milliseconds at the lower bound of a bucket. */
export function bucketStartMs(bucket: number): number {
  return LEAST_MS * 10 ** (bucket / BUCKETS_A_DECADE);
}
