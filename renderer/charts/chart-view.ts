import { SECONDS_KEPT, type Snapshot } from '../../shared/view/snapshot.ts';
import type { ChartSpan } from './chart-data.ts';

/** The chart stands still: what was known then, and where in that one is. */
export interface Pause {
  readonly snapshot: Snapshot;
  readonly pool: string;
  /** The first second not shown. */
  readonly end: number;
}

/** The second that is not over yet: it is shown when it is. */
export function runningSecond(snapshot: Snapshot): number {
  return Math.floor(snapshot.at / 1_000);
}

/** Stands still and shows what was before `end`, as far back as anything is remembered. */
export function pausedAt(snapshot: Snapshot, pool: string, { end, seconds }: ChartSpan): Pause {
  const newest = runningSecond(snapshot);
  const first = firstSecond(snapshot, pool);
  return { snapshot, pool, end: Math.min(newest, Math.max(end, first + seconds)) };
}

/** The oldest second of a pool that is remembered; the running one when none is. */
export function firstSecond(snapshot: Snapshot, pool: string): number {
  const newest = runningSecond(snapshot);
  const first = snapshot.seconds.find((bucket) => bucket.pool === pool)?.second ?? newest;
  return Math.max(first, newest - SECONDS_KEPT);
}
