import type { BackendKey } from '../view/snapshot.ts';

/** Upper bounds of the buckets that answers are counted in, milliseconds, each included; one more has the rest. */
export const DURATION_BOUNDS_MS: readonly number[] = [
  1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000,
];

/** How long a backend's answers took since the last reset, exactly: request sent to last byte of the answer. */
export interface BackendDurations extends BackendKey {
  readonly sumMs: number;
  /** One for each bound and one for what is beyond them; not cumulative. */
  readonly counts: readonly number[];
}
