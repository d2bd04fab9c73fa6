import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { LATENCY_BUCKETS, latencyBucket, type TrafficLatency } from '../../../shared/view/traffic.ts';

const US_PER_MS = 1_000;

/** Durations of one run: exact percentiles from a native HDR histogram, and buckets to draw. */
export class Latencies {
  readonly #histogram: RecordableHistogram = createHistogram();
  readonly #buckets: number[] = new Array<number>(LATENCY_BUCKETS).fill(0);

  record(ms: number): void {
    // The histogram takes whole numbers from 1 up.
    this.#histogram.record(Math.max(1, Math.round(ms * US_PER_MS)));
    const bucket = latencyBucket(ms);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  /** Milliseconds; 0 before the first. */
  percentile(percent: number): number {
    return this.#histogram.count === 0 ? 0 : this.#histogram.percentile(percent) / US_PER_MS;
  }

  /** Milliseconds; 0 before the first. */
  get maxMs(): number {
    return this.#histogram.count === 0 ? 0 : this.#histogram.max / US_PER_MS;
  }

  summary(): TrafficLatency | null {
    if (this.#histogram.count === 0) return null;
    return {
      p50Ms: this.percentile(50),
      p90Ms: this.percentile(90),
      p99Ms: this.percentile(99),
      maxMs: this.maxMs,
      buckets: [...this.#buckets],
    };
  }
}
