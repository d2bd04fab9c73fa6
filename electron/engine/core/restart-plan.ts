/** Waits before a restart, one after the other. */
const DELAYS_MS = [100, 500, 2_000, 5_000] as const;
/** An engine that lasts this long starts again at the first. */
const STABLE_MS = 60_000;

/** How long to wait before the next restart of something that keeps ending. */
export class RestartPlan {
  #restarts = 0;

  /**
   * @param livedMs how long what has just ended had lasted
   * @returns milliseconds; null when it is not worth trying again
   */
  nextDelay(livedMs: number): number | null {
    if (livedMs >= STABLE_MS) this.reset();
    return DELAYS_MS[this.#restarts++] ?? null;
  }

  reset(): void {
    this.#restarts = 0;
  }
}
