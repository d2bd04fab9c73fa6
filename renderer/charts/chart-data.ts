import type { LatencySummary, SecondBucket } from '../../shared/view/snapshot.ts';
import { type Band, bandRows } from './chart-bands.ts';

/** What part of the history is shown: whole seconds since the epoch, `end` is the first one not shown. */
export interface ChartSpan {
  readonly end: number;
  readonly seconds: number;
}

/** The lines drawn over the areas; latencies are of the whole pool. */
export const LINES = ['errors', 'p50', 'p95', 'p99'] as const;
export type LineName = (typeof LINES)[number];

type Row = readonly (number | null)[];

export interface ChartData {
  /** Seconds since the epoch. */
  readonly times: readonly number[];
  /** One row a backend: its requests, as they are. */
  readonly requests: readonly (readonly number[])[];
  /** What has an area, bottom up. */
  readonly bands: readonly Band[];
  /** One row an area: its requests on top of those of the areas below it. */
  readonly stacked: readonly (readonly number[])[];
  /** Whether there were no requests at all. */
  readonly isEmpty: boolean;
  /** Errors a second, and milliseconds; null in seconds without any, so that a line is drawn only where there are some. */
  readonly lines: Readonly<Record<LineName, Row>>;
}

export type Counted = Omit<ChartData, 'bands' | 'stacked' | 'isEmpty'>;

/** The areas, on top of each other. */
export function withBands(counted: Counted, bands: readonly Band[]): ChartData {
  const stacked: number[][] = [];
  for (const row of bandRows(counted.requests, bands)) {
    const below = stacked.at(-1);
    stacked.push(row.map((count, at) => count + (below?.[at] ?? 0)));
  }
  return { ...counted, bands, stacked, isEmpty: (stacked.at(-1) ?? []).every((count) => count === 0) };
}

/** One column a second, empty seconds as zero. */
export function countedIn(
  history: readonly SecondBucket[],
  pool: string,
  backends: readonly string[],
  { end, seconds }: ChartSpan,
): Counted {
  const first = end - seconds;
  const requests = backends.map(() => new Array<number>(seconds).fill(0));
  const rowOf = new Map(backends.map((name, index) => [name, requests[index]]));
  const errors = new Array<number | null>(seconds).fill(null);
  const latencies = new Array<LatencySummary | null>(seconds).fill(null);
  for (const bucket of history) {
    const at = bucket.second - first;
    if (bucket.pool !== pool || at < 0 || at >= seconds) continue;
    latencies[at] = bucket.latency;
    errors[at] = bucket.errors.reduce((sum, count) => sum + count, 0) || null;
    bucket.backends.forEach((name, column) => {
      const row = rowOf.get(name);
      if (row) row[at] = bucket.requests[column] ?? 0;
    });
  }
  return {
    times: Array.from({ length: seconds }, (_, at) => first + at),
    requests,
    lines: {
      errors,
      p50: latencies.map((one) => one?.p50Ms ?? null),
      p95: latencies.map((one) => one?.p95Ms ?? null),
      p99: latencies.map((one) => one?.p99Ms ?? null),
    },
  };
}

/** Requests in one second, over all backends. */
export function totalAt(data: ChartData, at: number): number {
  return data.stacked.at(-1)?.[at] ?? 0;
}

/** Whose area a height in the chart is in; null above all of them. */
export function bandAt(data: ChartData, at: number, requests: number): Band | null {
  if (requests < 0) return null;
  return data.bands[data.stacked.findIndex((row) => (row[at] ?? 0) >= requests)] ?? null;
}
