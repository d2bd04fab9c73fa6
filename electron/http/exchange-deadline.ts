import type { PoolConfig } from '../../shared/config.ts';
import { formatDuration } from '../../shared/duration.ts';
import type { Deadlines, Expiring } from './deadlines.ts';

const WORDS = {
  firstByte: 'no answer within ',
  idle: 'nothing for ',
  total: 'no whole answer within ',
  queue: 'no backend free within ',
} as const;

/** Which of its pool's timeouts an exchange is up against, and the words for when that has passed. */
export class ExchangeDeadline {
  /** On `Deadlines.now`'s clock, milliseconds. */
  readonly startMs: number;
  readonly #clock: Deadlines;
  readonly #client: Expiring;
  readonly #timeouts: PoolConfig['timeouts'];
  #queueMs: number | null = null;
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

  /** Starts one of the two anew; the total goes on as it is, and nothing else counts while it is queued. */
  await(what: 'firstByte' | 'idle'): void {
    if (!this.isQueued) this.#set(what, this.#clock.now() + this.#timeouts[what]);
  }

  /** Whether it waits for a backend to be free. */
  get isQueued(): boolean {
    return this.#queueMs !== null;
  }

  enterQueue(timeoutMs: number): void {
    this.#queueMs = timeoutMs;
    this.#set('queue', this.#clock.now() + timeoutMs);
  }

  leaveQueue(): void {
    this.#queueMs = null;
    this.await('firstByte');
  }

  /** What has not come, and how long it was waited for: `no answer within 1m`. */
  get words(): string {
    const limitMs = this.#awaited === 'queue' ? this.#queueMs : this.#timeouts[this.#awaited];
    return WORDS[this.#awaited] + formatDuration(limitMs ?? 0);
  }

  #set(what: keyof typeof WORDS, atMs: number): void {
    const lastMs = this.startMs + (this.#timeouts.total ?? Number.POSITIVE_INFINITY);
    this.#awaited = lastMs < atMs ? 'total' : what;
    this.#client.deadlineMs = Math.min(atMs, lastMs);
  }
}
