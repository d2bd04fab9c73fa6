import { owedBy } from '../../shared/config/policies.ts';
import { isInRotation, isTriedAnyway } from '../../shared/view/rotation.ts';
import type { BackendSnapshot, PoolSnapshot, SecondBucket, Snapshot } from '../../shared/view/snapshot.ts';

export type ShareWindow = '10s' | '1min' | 'reset';

/** Requests a second, averaged over this many complete seconds: steady enough to read. */
const RATE_SECONDS = 3;

export interface PoolRates {
  readonly perSecond: number;
  readonly byBackend: ReadonlyMap<string, number>;
}

/** Complete seconds of one pool that are at most `seconds` old. */
function recentBuckets(snapshot: Snapshot, pool: string, seconds: number): SecondBucket[] {
  const newest = Math.floor(snapshot.at / 1_000);
  // Most of what is kept is older than what is asked for, and every row asks.
  const older = snapshot.seconds.findLastIndex((one) => one.second < newest - seconds);
  return snapshot.seconds.slice(older + 1).filter((one) => one.pool === pool && one.second < newest);
}

export function poolRates(snapshot: Snapshot, pool: string): PoolRates {
  const byBackend = requestsBy(recentBuckets(snapshot, pool, RATE_SECONDS));
  const requests = total(byBackend);
  return {
    perSecond: requests / RATE_SECONDS,
    byBackend: new Map([...byBackend].map(([name, count]) => [name, count / RATE_SECONDS])),
  };
}

export interface LaneFigure {
  readonly backend: BackendSnapshot;
  readonly requests: number;
  /** 0 to 1, of the pool's requests in the window; null without any. */
  readonly share: number | null;
  /** 0 to 1, what the policy owes it right now; 0 while it is out, null where that depends on the traffic. */
  readonly entitled: number | null;
}

/** Who got how much of the traffic, and who should have. */
export function laneFigures(snapshot: Snapshot, pool: PoolSnapshot, window: ShareWindow): LaneFigure[] {
  const sums =
    window === 'reset' ? null : requestsBy(recentBuckets(snapshot, pool.name, window === '10s' ? 10 : 60));
  const requests = pool.backends.map((one) => (sums ? (sums.get(one.name) ?? 0) : one.counters.requests));
  const all = requests.reduce((sum, count) => sum + count, 0);
  const owed = owedBy(pool.policy);
  const weightOf = (one: BackendSnapshot) => (owed === 'weight' ? one.weight : 1);
  const isServing = (one: BackendSnapshot) => isInRotation(one) || isTriedAnyway(pool, one);
  const standsBy = pool.backends.some((one) => !one.isBackup && isServing(one));
  const weights = pool.backends.map((one) =>
    isServing(one) && !(one.isBackup && standsBy) ? weightOf(one) : 0,
  );
  const allWeights = weights.reduce((sum, weight) => sum + weight, 0);
  return pool.backends.map((backend, index) => ({
    backend,
    requests: requests[index] ?? 0,
    share: all === 0 ? null : (requests[index] ?? 0) / all,
    entitled: entitledTo(owed, weights[index] ?? 0, allWeights),
  }));
}

/** The longest bar nearly fills its track, so that small pools and large ones read alike. */
const FULL = 0.92;
/** A share that is above what is owed by less still fits in. */
const SLACK = 1.06;

/** How much of its track a share of 1 takes. What is owed stands still while shares are about that. */
export function trackScale(lanes: readonly LaneFigure[]): number {
  const owed = Math.max(...lanes.map((lane) => lane.entitled ?? 0));
  const got = Math.max(...lanes.map((lane) => lane.share ?? 0));
  const longest = got <= owed * SLACK ? owed : got;
  return longest === 0 ? 1 : FULL / longest;
}

function entitledTo(owed: ReturnType<typeof owedBy>, weight: number, all: number): number | null {
  if (weight === 0) return 0;
  return owed === 'none' ? null : weight / all;
}

export interface Reading {
  readonly requests: number;
  /** 0 to 1, of the pool's requests in that second; null without any. */
  readonly share: number | null;
}

/** What each backend got in one second, by name. */
export function readingAt(
  snapshot: Snapshot,
  pool: PoolSnapshot,
  second: number,
): ReadonlyMap<string, Reading> {
  const counts = requestsBy(
    snapshot.seconds.filter((one) => one.pool === pool.name && one.second === second),
  );
  const all = total(counts);
  return new Map(
    pool.backends.map(({ name }) => {
      const requests = counts.get(name) ?? 0;
      return [name, { requests, share: all === 0 ? null : requests / all }];
    }),
  );
}

function requestsBy(buckets: readonly SecondBucket[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const bucket of buckets) {
    bucket.backends.forEach((name, index) => {
      sums.set(name, (sums.get(name) ?? 0) + (bucket.requests[index] ?? 0));
    });
  }
  return sums;
}

function total(sums: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of sums.values()) sum += count;
  return sum;
}

/** Requests that these backends of a pool are at. */
export function inFlightAt(pool: PoolSnapshot | null | undefined, backends: readonly string[]): number {
  const asked = pool?.backends.filter(({ name }) => backends.includes(name)) ?? [];
  return asked.reduce((sum, { counters }) => sum + counters.inFlight, 0);
}
