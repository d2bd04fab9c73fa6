import type { TrafficProgress, TrafficRun } from '../../../shared/view/traffic.ts';

/** An answer that is no failure: a status below 500. */
export function isGood(words: string): boolean {
  return /^[1-4]\d\d$/.test(words);
}

/** What one run came to, in numbers. */
export interface RunFigures {
  /** Everything that has ended: whole answers and failures. */
  readonly ended: number;
  readonly failed: number;
  /** 0 to 1. */
  readonly failedShare: number;
  /** Ended, a second. */
  readonly perSecond: number;
}

export function figuresOf({ answers, elapsedMs }: TrafficProgress): RunFigures {
  let ended = 0;
  let failed = 0;
  for (const [words, count] of Object.entries(answers)) {
    ended += count;
    if (!isGood(words)) failed += count;
  }
  return {
    ended,
    failed,
    failedShare: ended === 0 ? 0 : failed / ended,
    perSecond: elapsedMs === 0 ? 0 : (ended * 1_000) / elapsedMs,
  };
}

/** Who answered how much, 0 to 1, by URL. */
export function sharesOf({ byBackend }: TrafficProgress): ReadonlyMap<string, number> {
  const total = Object.values(byBackend).reduce((sum, count) => sum + count, 0);
  return new Map(Object.entries(byBackend).map(([url, count]) => [url, count / Math.max(1, total)]));
}

/** Attempts at the pool beyond the requests that were sent: retries, or traffic of others; null when not known. */
export function extraAttempts({ attempts, progress }: TrafficRun): number | null {
  return attempts === null ? null : Math.max(0, attempts - progress.sent);
}
