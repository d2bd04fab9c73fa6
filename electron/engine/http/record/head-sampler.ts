/** Milliseconds; as long as a batch of the log takes to fill. */
const PERIOD_MS = 250;
/** Twice what such a batch shows. */
const KEPT_A_PERIOD = 80;

/**
 * Chooses so many of a period's exchanges, evenly spread: nobody can look at more, and writing all down would cost a
 * tenth of what a busy proxy costs. Every one is chosen while there are few.
 */
export class HeadSampler {
  readonly #now: () => number;
  #endsAt = 0;
  #seen = 0;
  /** Every one of so many, by how many the last period had. */
  #stride = 1;

  /** @param now milliseconds, of any clock */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether the next one is chosen. */
  takes(): boolean {
    const now = this.#now();
    if (now >= this.#endsAt) {
      // A period that nobody came in says that there are few.
      const isNext = now < this.#endsAt + PERIOD_MS;
      this.#stride = isNext ? Math.max(1, Math.ceil(this.#seen / KEPT_A_PERIOD)) : 1;
      this.#seen = 0;
      this.#endsAt = now + PERIOD_MS;
    }
    return this.#seen++ % this.#stride === 0;
  }
}
