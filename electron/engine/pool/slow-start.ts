import type { SlowStartWindow } from '../../../shared/view/snapshot.ts';

/** Where the ramp begins: a backend with nothing at all would never warm up. Envoy's `min_weight_percent`. */
const FIRST_SHARE = 0.1;

/** The ramp of a backend that has just come back: its caches are cold and its code is not compiled yet. */
export class SlowStart {
  readonly #now: () => number;
  #window: SlowStartWindow | null = null;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  get window(): SlowStartWindow | null {
    return this.share === 1 ? null : this.#window;
  }

  /** Of its weight, from 0.1 rising evenly to 1. */
  get share(): number {
    if (this.#window === null) return 1;
    const { since, until } = this.#window;
    const passed = (this.#now() - since) / (until - since);
    if (passed < 1) return FIRST_SHARE + (1 - FIRST_SHARE) * Math.max(0, passed);
    this.#window = null;
    return 1;
  }

  /** @param durationMs 0 for no ramp */
  begin(durationMs: number): void {
    const since = this.#now();
    this.#window = durationMs > 0 ? { since, until: since + durationMs } : null;
  }
}
