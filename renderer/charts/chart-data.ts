import type { EngineEvent, PoolSnapshot, Snapshot } from '../../shared/snapshot.ts';

export interface ChartData {
  /** Seconds since the epoch. */
  readonly times: number[];
  /** One row a backend: its requests, as they are. */
  readonly requests: number[][];
  /** One row a backend: its requests on top of those of the backends before it. */
  readonly stacked: number[][];
  readonly p95Ms: (number | null)[];
}

/** The last `seconds` complete seconds of a pool, one column a second, empty seconds as zero. */
export function chartData(snapshot: Snapshot, pool: PoolSnapshot, seconds: number): ChartData {
  const newest = Math.floor(snapshot.at / 1_000);
  const first = newest - seconds;
  const times = Array.from({ length: seconds }, (_, at) => first + at);
  const requests = pool.backends.map(() => new Array<number>(seconds).fill(0));
  const p95Ms = new Array<number | null>(seconds).fill(null);
  const rowOf = new Map(pool.backends.map((one, index) => [one.name, index]));
  for (const bucket of snapshot.seconds) {
    const at = bucket.second - first;
    if (bucket.pool !== pool.name || at < 0 || at >= seconds) continue;
    p95Ms[at] = bucket.p95Ms;
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
  return { times, requests, stacked, p95Ms };
}

export interface ChartMark {
  readonly time: number;
  readonly words: string;
  readonly isBad: boolean;
}

/** What happened to this pool, as marks on the time axis. */
export function chartMarks(events: readonly EngineEvent[], pool: string, from: number): ChartMark[] {
  const marks: ChartMark[] = [];
  for (const event of events) {
    const time = event.at / 1_000;
    const mark = time < from ? null : markWords(event, pool);
    if (mark) marks.push({ time, ...mark });
  }
  return marks;
}

const ADMIN_WORDS = { enabled: 'on', draining: 'draining', disabled: 'off' } as const;

function markWords(event: EngineEvent, pool: string): { words: string; isBad: boolean } | null {
  switch (event.kind) {
    case 'backend-down':
      return event.pool === pool ? { words: `${event.backend} down`, isBad: true } : null;
    case 'backend-up':
      return event.pool === pool ? { words: `${event.backend} back`, isBad: false } : null;
    case 'admin':
      return event.pool === pool
        ? { words: `${event.backend} ${ADMIN_WORDS[event.state]}`, isBad: false }
        : null;
    case 'config-applied':
      return { words: 'config', isBad: false };
    case 'engine-restarted':
      return { words: 'engine restarted', isBad: true };
    case 'listening':
    case 'listener-failed':
      return null;
  }
}
