/** Different things a tally tells apart; a million answers must not become a million rows. */
const KINDS_KEPT = 100;

/** Counts things by name. Names may be anything a server sends, `__proto__` too. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string): void {
    const isOneTooMany = this.#counts.size >= KINDS_KEPT && !this.#counts.has(name);
    const key = isOneTooMany ? 'others' : name;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** A copy, in the order of first sight. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
