import type { SecondBucket } from '../../../shared/view/snapshot.ts';

/** Of the shape of the last minute, one number a second. */
const SECONDS = 60;

/**
 * Requests of every backend of a pool in each of the last sixty whole seconds, oldest first: in one pass over the seconds,
 * since there may be forty backends and fifteen minutes.
 *
 * @param second the one that is not over yet, since the epoch
 */
export function sparklines(
  seconds: readonly SecondBucket[],
  pool: string,
  second: number,
): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  const oldest = second - SECONDS;
  // The newest are last.
  for (let at = seconds.length - 1; at >= 0; at--) {
    const bucket = seconds[at];
    if (!bucket || bucket.second < oldest) break;
    if (bucket.pool !== pool || bucket.second >= second) continue;
    bucket.backends.forEach((name, index) => {
      const line = lines.get(name) ?? new Array<number>(SECONDS).fill(0);
      lines.set(name, line);
      line[bucket.second - oldest] = bucket.requests[index] ?? 0;
    });
  }
  return lines;
}

/** Of a backend that had nothing. */
export const FLAT: readonly number[] = new Array<number>(SECONDS).fill(0);
