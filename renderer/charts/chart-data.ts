import type { PoolSnapshot, Snapshot } from '../../shared/snapshot.ts';

export interface ChartData {
  /** Seconds since the epoch. */
  readonly times: number[];
  /** One row a backend: its requests, as they are. */
  readonly requests: number[][];
  /** One row a backend: its requests on top of those of the backends before it. */
  readonly stacked: number[][];
  /** Of the whole pool; null in seconds without any, so that a line is drawn only where there are some. */
  readonly errors: (number | null)[];
  readonly p95Ms: (number | null)[];
}

/** The last `seconds` complete seconds of a pool, one column a second, empty seconds as zero. */
export function chartData(snapshot: Snapshot, pool: PoolSnapshot, seconds: number): ChartData {
  const newest = Math.floor(snapshot.at / 1_000);
  const first = newest - seconds;
  const times = Array.from({ length: seconds }, (_, at) => first + at);
  const requests = pool.backends.map(() => new Array<number>(seconds).fill(0));
  const p95Ms = new Array<number | null>(seconds).fill(null);
  const errors = new Array<number | null>(seconds).fill(null);
  const rowOf = new Map(pool.backends.map((one, index) => [one.name, index]));
  for (const bucket of snapshot.seconds) {
    const at = bucket.second - first;
    if (bucket.pool !== pool.name || at < 0 || at >= seconds) continue;
    p95Ms[at] = bucket.p95Ms;
    errors[at] = bucket.errors.reduce((sum, count) => sum + count, 0) || null;
    bucket.backends.forEach((name, column) => {
      const row = requests[rowOf.get(name) ?? -1];
      if (row) row[at] = bucket.requests[column] ?? 0;
    });
  }
  const stacked: number[][] = [];
  for (const row of requests) {
    const below = stacked.at(-1);
    stacked.push(row.map((count, at) => count + (below?.[at] ?? 0)));
  }
  return { times, requests, stacked, errors, p95Ms };
}
