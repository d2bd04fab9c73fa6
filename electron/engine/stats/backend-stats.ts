import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { BackendCounters, LatencySummary } from '../../../shared/view/snapshot.ts';
import { DurationBuckets } from './duration-buckets.ts';

/** How an attempt ended. */
export interface AttemptOutcome {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly hasFailed: boolean;
  readonly durationMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

const US_PER_MS = 1_000;

/** Latencies in a native HDR histogram, in microseconds: constant memory, three significant digits. */
export class LatencyHistogram {
  readonly #histogram: RecordableHistogram = createHistogram();

  record(durationMs: number): void {
    // The histogram takes whole numbers from 1 up.
    this.#histogram.record(Math.max(1, Math.round(durationMs * US_PER_MS)));
  }

  reset(): void {
    this.#histogram.reset();
  }

  summary(): LatencySummary | null {
    if (this.#histogram.count === 0) return null;
    const at = (percent: number) => this.#histogram.percentile(percent) / US_PER_MS;
    return { p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) };
  }
}

/** What one backend has done since the last reset. */
export class BackendStats {
  /** Rises with every change, so that what has not changed is not sent again. */
  version = 0;
  #requests = 0;
  #errors = 0;
  #bytesIn = 0;
  #bytesOut = 0;
  #byClass: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  readonly #latency = new LatencyHistogram();
  readonly durations = new DurationBuckets();

  started(): void {
    this.version++;
    this.#requests++;
  }

  ended(outcome: AttemptOutcome): void {
    this.version++;
    if (outcome.hasFailed) this.#errors++;
    this.#bytesIn += outcome.bytesIn;
    this.#bytesOut += outcome.bytesOut;
    if (outcome.status === 0) return;
    // No class is above 5xx (RFC 9110 section 15): what is counts with the failures.
    const index = Math.min(Math.floor(outcome.status / 100) - 1, 4);
    if (index === 0 || index === 1 || index === 2 || index === 3 || index === 4) this.#byClass[index]++;
    this.#latency.record(outcome.durationMs);
    this.durations.record(outcome.durationMs);
  }

  reset(): void {
    this.version++;
    this.#requests = 0;
    this.#errors = 0;
    this.#bytesIn = 0;
    this.#bytesOut = 0;
    this.#byClass = [0, 0, 0, 0, 0];
    this.#latency.reset();
    this.durations.reset();
  }

  counters(inFlight: number): BackendCounters {
    return {
      requests: this.#requests,
      inFlight,
      byClass: [...this.#byClass],
      errors: this.#errors,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      latency: this.#latency.summary(),
    };
  }
}
