import type { PoolConfig } from '../../shared/config.ts';
import { formatDuration } from '../../shared/duration.ts';
import type { Deadlines, Expiring } from './deadlines.ts';

const WORDS = {
  firstByte: 'no answer within ',
  idle: 'nothing for ',
  total: 'no whole answer within ',
} as const;

/** Which of its pool's timeouts an exchange is up against, and the words for when that has passed. */
export class ExchangeDeadline {
  /** On `Deadlines.now`'s clock, milliseconds. */
  readonly startMs: number;
  readonly #clock: Deadlines;
  readonly #client: Expiring;
  readonly #timeouts: PoolConfig['timeouts'];
  #awaited: keyof typeof WORDS = 'firstByte';

  constructor(clock: Deadlines, client: Expiring, timeouts: PoolConfig['timeouts']) {
    this.startMs = clock.now();
    this.#clock = clock;
    this.#client = client;
    this.#timeouts = timeouts;
  }

  get elapsedMs(): number {
    return this.#clock.now() - this.startMs;
  }

  /** Starts one of the two anew; the total goes on as it is. */
  await(what: 'firstByte' | 'idle'): void {
    const atMs = this.#clock.now() + this.#timeouts[what];
    const lastMs = this.startMs + (this.#timeouts.total ?? Number.POSITIVE_INFINITY);
    this.#awaited = lastMs < atMs ? 'total' : what;
    this.#client.deadlineMs = Math.min(atMs, lastMs);
  }

  /** What has not come, and how long it was waited for: `no answer within 1m`. */
  get words(): string {
    const limit = formatDuration(this.#timeouts[this.#awaited] ?? 0);
    return WORDS[this.#awaited] + limit;
  }
}
