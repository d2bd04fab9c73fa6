/** A request that waits for a backend to be free. */
export interface Waiter {
  /** Tries to go on. @returns whether it need not wait any longer, be it served or refused */
  turn(): boolean;
}

/** Requests that found every backend busy, in the order they came. */
export class WaitQueue {
  readonly #waiters = new Set<Waiter>();
  #isWoken = false;

  get length(): number {
    return this.#waiters.size;
  }

  /** @returns false when as many wait as may */
  join(waiter: Waiter, most: number): boolean {
    if (this.#waiters.size >= most) return false;
    this.#waiters.add(waiter);
    return true;
  }

  leave(waiter: Waiter): void {
    this.#waiters.delete(waiter);
  }

  /**
   * A backend may have become free. Whoever is next gets its turn as soon as what is being done now is done: the
   * connection that has just been freed is back in its pool by then.
   */
  wake(): void {
    if (this.#isWoken || this.#waiters.size === 0) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      // In the order they came, but past those for whom there is nothing: they may have tried what is free already.
      for (const waiter of [...this.#waiters]) if (waiter.turn()) this.#waiters.delete(waiter);
    });
  }
}
