import { type HealthCause, mayBeRestarting } from '../../../shared/view/health-cause.ts';

/** A reason that comes back is reported again only after this long: a backend may go to and fro between two. */
const SILENCE_MS = 60_000;
/** Reasons that are remembered, at most. */
const MOST = 50;

/** Which reasons have been reported of one backend, so that each is reported once and not with every probe or request. */
export class ToldReasons {
  readonly #now: () => number;
  readonly #toldAt = new Map<string, number>();
  #current: string | null = null;
  #seenAt = 0;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Forgets all: the next reason is new. */
  clear(): void {
    this.#current = null;
    this.#toldAt.clear();
  }

  /** Whether a reason is to be reported: it is another than the last, and was not reported in the last minute. */
  isNew(words: string, cause: HealthCause): boolean {
    const key = keyOf(words, cause);
    if (key === this.#current) return false;
    this.#current = key;
    const now = this.#now();
    const toldAt = this.#toldAt.get(key);
    if (toldAt !== undefined && now - toldAt < SILENCE_MS) return false;
    if (this.#toldAt.size >= MOST) this.#toldAt.clear();
    this.#toldAt.set(key, now);
    return true;
  }

  /** As `isNew`; the same reason is new after a minute in which it was not seen. */
  isNewOrBack(words: string, cause: HealthCause): boolean {
    const now = this.#now();
    if (now - this.#seenAt > SILENCE_MS) this.clear();
    this.#seenAt = now;
    return this.isNew(words, cause);
  }
}

/** Reasons that differ only in figures, such as how long a response took, are the same. */
function keyOf(words: string, cause: HealthCause): string {
  // A process that ends resets its connections first, and refuses them then: that is one reason.
  if (mayBeRestarting(cause)) return 'away';
  if (cause.kind === 'status') return `${cause.status} ${cause.suggestedPath ?? ''}`;
  return cause.kind === 'other' ? words : cause.kind;
}
