/** Something that must move on before a moment. */
export interface Expiring {
  /** On `Deadlines.now`'s clock, milliseconds; 0 for none. */
  deadlineMs: number;
  expire(): void;
}

const SWEEP_MS = 100;

/**
 * All the timeouts of the wire. Setting one is an assignment; a sweep ten times a second finds the ones that
 * have passed, so that a request costs no timer. Timeouts are late by up to a tenth of a second.
 */
export class Deadlines {
  readonly #members = new Set<Expiring>();
  #timer: NodeJS.Timeout | null = null;

  /** Monotonic milliseconds. */
  now(): number {
    return performance.now();
  }

  add(member: Expiring): void {
    this.#members.add(member);
    this.#timer ??= setTimeout(this.#sweep, SWEEP_MS);
  }

  remove(member: Expiring): void {
    this.#members.delete(member);
    if (this.#members.size === 0 && this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
  }

  readonly #sweep = (): void => {
    const now = this.now();
    this.#timer = setTimeout(this.#sweep, SWEEP_MS);
    for (const member of this.#members) {
      if (member.deadlineMs === 0 || member.deadlineMs > now) continue;
      member.deadlineMs = 0;
      member.expire();
    }
  };
}
