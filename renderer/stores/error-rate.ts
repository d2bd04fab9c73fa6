import type { Snapshot } from '../../shared/view/snapshot.ts';

/** What a pool had had at one instant. */
export interface CounterMark {
  readonly at: number;
  readonly pools: ReadonlyMap<string, { readonly answered: number; readonly failed: number }>;
}

/** Long enough to be steady, short enough to be about now. */
const SPAN_MS = 3_000;

/** The marks with the snapshot's own added, and those that are too old left out. */
export function addMark(marks: readonly CounterMark[], snapshot: Snapshot): readonly CounterMark[] {
  const pools = snapshot.pools.map((pool) => {
    let answered = pool.unavailable;
    let failed = pool.unavailable;
    for (const { counters } of pool.backends) {
      answered += counters.requests;
      failed += counters.errors + counters.byClass[4];
    }
    return [pool.name, { answered, failed }] as const;
  });
  const recent = marks.filter((mark) => mark.at >= snapshot.at - SPAN_MS && mark.at < snapshot.at);
  return [...recent, { at: snapshot.at, pools: new Map(pools) }];
}

/**
 * Of what the pool was asked in the last seconds: attempts that failed, answers of 500 and above, and requests that
 * found no backend. In percent; 0 without requests.
 */
export function errorPercent(marks: readonly CounterMark[], pool: string): number {
  const now = marks.at(-1)?.pools.get(pool);
  // A reset makes counters fall: what is older says nothing any more.
  const before = marks
    .map((mark) => mark.pools.get(pool))
    .find((one) => one && now && one.answered <= now.answered && one.failed <= now.failed);
  if (!now || !before || now.answered === before.answered) return 0;
  return Math.min(100, ((now.failed - before.failed) / (now.answered - before.answered)) * 100);
}
