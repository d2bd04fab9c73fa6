import type { PoolConfig } from '../../../../shared/config/config.ts';
import { formatDuration } from '../../../../shared/config/duration.ts';
import type { Deadlines, Expiring } from './deadlines.ts';

/** What did not happen in time, and the pool's setting that says how long that is. */
const AWAITED = {
  firstByte: { words: 'no response within ', setting: 'timeouts.firstByte' },
  idle: { words: 'nothing for ', setting: 'timeouts.idle' },
  total: { words: 'no complete response within ', setting: 'timeouts.total' },
  queue: { words: 'no backend free within ', setting: 'queue.timeout' },
  hold: { words: 'no backend back within ', setting: 'holdFor' },
  reader: { words: 'the client sends no more, and got nothing for ', setting: 'halfClose' },
} as const;

/** A client that stops sending may still read; one that has gone cannot say so. After this without a byte for it, it has gone. */
const HALF_CLOSE_MS = 1_000;

/** Which of its pool's timeouts an exchange is up against, and the words for when that has passed. */
export class ExchangeDeadline {
  /** On `Deadlines.now`'s clock, milliseconds. */
  readonly startMs: number;
  readonly #clock: Deadlines;
  readonly #client: Expiring;
  readonly #timeouts: PoolConfig['timeouts'];
  #queueMs: number | null = null;
  #holdEndMs: number | null = null;
  #awaited: keyof typeof AWAITED = 'firstByte';
  #mayClientBeGone = false;

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

  /** Whether it waits for a backend to be free, or to be back. */
  get isQueued(): boolean {
    return this.#queueMs !== null;
  }

  /** Whether it waits for a backend to be back. */
  get isHeld(): boolean {
    return this.isQueued && this.#holdEndMs !== null;
  }

  /** The client has stopped sending: from now on, it has gone if there is nothing to send it for a while. */
  clientMayBeGone(): void {
    this.#mayClientBeGone = true;
    const atMs = this.#clock.now() + HALF_CLOSE_MS;
    if (this.#client.deadlineMs !== 0 && atMs > this.#client.deadlineMs) return;
    this.#awaited = 'reader';
    this.#client.deadlineMs = atMs;
  }

  /** Whether the client has gone, by what has passed. */
  get isClientGone(): boolean {
    return this.#awaited === 'reader';
  }

  /** What was sent waits for the client, which is there: the system would have heard if it had gone. */
  awaitReader(): void {
    this.#awaited = 'idle';
    this.#client.deadlineMs = this.#clock.now() + this.#timeouts.idle;
  }

  enterQueue(timeoutMs: number): void {
    this.#queueMs = timeoutMs;
    this.#set('queue', this.#clock.now() + timeoutMs);
  }

  /**
   * Waits for a backend to be back. However often that turns out to be too early, it is this long in all.
   *
   * @returns false when that time has passed
   */
  enterHold(timeoutMs: number): boolean {
    const now = this.#clock.now();
    this.#holdEndMs ??= now + timeoutMs;
    if (this.#holdEndMs <= now) return false;
    this.#queueMs = timeoutMs;
    this.#set('hold', this.#holdEndMs);
    return true;
  }

  leaveQueue(): void {
    this.#queueMs = null;
    this.await('firstByte');
  }

  /** What did not happen, how long it was waited for, and the setting: `no response within 1m (timeouts.firstByte)`. */
  get words(): string {
    const { words, setting } = AWAITED[this.#awaited];
    return `${words}${formatDuration(this.#limitMs)} (${setting})`;
  }

  #set(what: keyof typeof AWAITED, atMs: number): void {
    const lastMs = this.startMs + (this.#timeouts.total ?? Number.POSITIVE_INFINITY);
    this.#awaited = lastMs < atMs ? 'total' : what;
    this.#client.deadlineMs = Math.min(atMs, lastMs);
    if (this.#mayClientBeGone) this.clientMayBeGone();
  }

  get #limitMs(): number {
    switch (this.#awaited) {
      case 'queue':
      case 'hold':
        return this.#queueMs ?? 0;
      case 'reader':
        return HALF_CLOSE_MS;
      default:
        return this.#timeouts[this.#awaited] ?? 0;
    }
  }
}
