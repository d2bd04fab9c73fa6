import type { PoolTally, RunTally } from '../../../shared/view/run-tally.ts';
import { type AttemptOutcome, BackendStats, LatencyHistogram } from './backend-stats.ts';

interface PoolCount {
  unavailable: number;
  readonly latency: LatencyHistogram;
  readonly backends: Map<string, BackendStats>;
}

/** Counts what requests get for as long as somebody wants to know, beside the counters that the user may reset. */
export class Tally {
  #requests = 0;
  #errors = 0;
  readonly #latency = new LatencyHistogram();
  readonly #pools = new Map<string, PoolCount>();

  attemptStarted(pool: string, backend: string): void {
    this.#statsOf(pool, backend).started();
  }

  attemptEnded(pool: string, backend: string, outcome: AttemptOutcome): void {
    this.#statsOf(pool, backend).ended(outcome);
    if (outcome.status !== 0) this.#poolOf(pool).latency.record(outcome.durationMs);
  }

  unavailable(pool: string): void {
    this.#poolOf(pool).unavailable++;
  }

  /** @param hasErred whether its client got an error, or not the whole answer */
  exchangeEnded(hasErred: boolean, durationMs: number): void {
    this.#requests++;
    if (hasErred) this.#errors++;
    this.#latency.record(durationMs);
  }

  summary(): RunTally {
    return {
      clients: { requests: this.#requests, errors: this.#errors, latency: this.#latency.summary() },
      pools: [...this.#pools].map(([name, count]) => poolTally(name, count)),
    };
  }

  #poolOf(name: string): PoolCount {
    const found = this.#pools.get(name);
    if (found) return found;
    const made = { unavailable: 0, latency: new LatencyHistogram(), backends: new Map() };
    this.#pools.set(name, made);
    return made;
  }

  #statsOf(pool: string, backend: string): BackendStats {
    const { backends } = this.#poolOf(pool);
    const found = backends.get(backend);
    if (found) return found;
    const made = new BackendStats();
    backends.set(backend, made);
    return made;
  }
}

function poolTally(name: string, { unavailable, latency, backends }: PoolCount): PoolTally {
  return {
    name,
    unavailable,
    latency: latency.summary(),
    backends: [...backends].map(([backend, stats]) => {
      const { requests, errors, byClass, latency: own } = stats.counters(0);
      return { name: backend, requests, errors, serverErrors: byClass[4], latency: own };
    }),
  };
}
