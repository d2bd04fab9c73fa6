import { SECONDS_KEPT, type SecondBucket } from '../../../shared/view/snapshot.ts';
import { LatencyHistogram } from './backend-stats.ts';

/** One pool's traffic in one-second buckets, for the last fifteen minutes: at most `SECONDS_KEPT` of them. */
export class SecondSeries {
  readonly #pool: string;
  readonly #done: SecondBucket[] = [];
  readonly #requests = new Map<string, number>();
  readonly #errors = new Map<string, number>();
  readonly #latency = new LatencyHistogram();
  #second = 0;

  constructor(pool: string) {
    this.#pool = pool;
  }

  /** @param nowMs since the epoch */
  started(backend: string, nowMs: number): void {
    this.roll(nowMs);
    this.#requests.set(backend, (this.#requests.get(backend) ?? 0) + 1);
  }

  ended(backend: string, hasFailed: boolean, durationMs: number, nowMs: number): void {
    this.roll(nowMs);
    // An answer to a request of an earlier second is traffic of this one too.
    if (!this.#requests.has(backend)) this.#requests.set(backend, 0);
    if (hasFailed) this.#errors.set(backend, (this.#errors.get(backend) ?? 0) + 1);
    else this.#latency.record(durationMs);
  }

  /** Closes the bucket of a second that has passed, and drops those of more than fifteen minutes ago. */
  roll(nowMs: number): void {
    const second = Math.floor(nowMs / 1_000);
    if (second === this.#second) return;
    const isSetBack = second < this.#second;
    this.#close();
    this.#second = second;
    // The clock was set back: what lies ahead now would be taken for new until the clock is there again.
    if (isSetBack) while ((this.#done.at(-1)?.second ?? 0) >= second) this.#done.pop();
    const oldest = second - SECONDS_KEPT;
    while ((this.#done[0]?.second ?? oldest) < oldest) this.#done.shift();
  }

  /** Complete seconds after `second`, oldest first. */
  since(second: number): SecondBucket[] {
    return this.#done.filter((bucket) => bucket.second > second);
  }

  reset(): void {
    this.#done.length = 0;
    this.#requests.clear();
    this.#errors.clear();
    this.#latency.reset();
  }

  #close(): void {
    if (this.#requests.size === 0) return;
    const last = this.#done.at(-1);
    const backends = shared([...this.#requests.keys()].sort(), last?.backends);
    const errors = backends.map((name) => this.#errors.get(name) ?? 0);
    this.#done.push({
      second: this.#second,
      pool: this.#pool,
      backends,
      requests: backends.map((name) => this.#requests.get(name) ?? 0),
      errors: shared(errors, last?.errors),
      latency: this.#latency.summary(),
    });
    this.#requests.clear();
    this.#errors.clear();
    this.#latency.reset();
  }
}

/** The list of the second before where it is the same: kept once, and sent once in a message. */
function shared<T>(list: readonly T[], before: readonly T[] | undefined): readonly T[] {
  return before?.length === list.length && list.every((one, at) => one === before[at]) ? before : list;
}
