import { DURATION_BOUNDS_MS } from '../../../shared/config/durations.ts';

/**
 * Counts durations in buckets with fixed bounds. The HDR histogram beside it knows percentiles, which cannot be added
 * up over backends or time; these can.
 */
export class DurationBuckets {
  #sumMs = 0;
  readonly #counts: number[] = [...DURATION_BOUNDS_MS.map(() => 0), 0];

  record(durationMs: number): void {
    this.#sumMs += durationMs;
    const found = DURATION_BOUNDS_MS.findIndex((bound) => durationMs <= bound);
    const index = found === -1 ? DURATION_BOUNDS_MS.length : found;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  reset(): void {
    this.#sumMs = 0;
    this.#counts.fill(0);
  }

  totals(): { readonly sumMs: number; readonly counts: readonly number[] } {
    return { sumMs: this.#sumMs, counts: [...this.#counts] };
  }
}
