import { CheaperOfTwo } from './draw.ts';
import type { Candidate, Policy } from './policy.ts';
import type { Sources } from './sources.ts';

/** In this time an old latency loses all but 1/e of its say; Finagle's default. */
const DECAY_MS = 10_000;

/** The cost of one that is busy and has never answered: dearer than any that has, so that it gets one request at first. */
const UNPROVEN_MS = 1e9;

interface Average {
  latencyMs: number;
  /** When it was that. */
  atMs: number;
}

/**
 * The cheaper of two drawn by weight, by the peak EWMA of Finagle (com.twitter.finagle.loadbalancer.PeakEwma): a latency
 * above the average takes its place at once, one below it only by and by, and with time the average fades, so that one
 * that was slow is tried again. The cost is the average × (requests in flight + 1) ÷ weight.
 */
export class PeakEwma implements Policy {
  readonly #averages = new WeakMap<Candidate, Average>();
  readonly #sources: Pick<Sources, 'nowMs'>;
  readonly #two: CheaperOfTwo;

  constructor(sources: Pick<Sources, 'random' | 'nowMs'>) {
    this.#sources = sources;
    this.#two = new CheaperOfTwo(sources.random, (candidate) => this.#costOf(candidate));
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    return this.#two.pick(candidates, tried);
  }

  why(picked: Candidate): string {
    return this.#two.why(picked, (candidate, cost) =>
      this.#averages.has(candidate) ? `a cost of ${cost.toFixed(1)} ms` : 'not measured yet',
    );
  }

  /**
   * An attempt that was given up took at least that long, which is enough to raise an average; that it lowers none is in
   * the nature of the average, which falls no faster with a quick answer than with time alone.
   */
  observe(candidate: Candidate, latencyMs: number): void {
    const atMs = this.#sources.nowMs();
    const average = this.#averages.get(candidate);
    if (!average) {
      this.#averages.set(candidate, { latencyMs, atMs });
      return;
    }
    average.latencyMs = latencyMs > average.latencyMs ? latencyMs : fade(average, atMs, latencyMs);
    average.atMs = atMs;
  }

  #costOf(candidate: Candidate): number {
    const { inFlight, weight } = candidate;
    const average = this.#averages.get(candidate);
    if (!average) return inFlight === 0 ? 0 : ((UNPROVEN_MS + inFlight) * (inFlight + 1)) / weight;
    return (fade(average, this.#sources.nowMs(), 0) * (inFlight + 1)) / weight;
  }
}

/** The average on its way to a latency, as far as it has come. */
function fade({ latencyMs, atMs }: Average, nowMs: number, towardsMs: number): number {
  const kept = Math.exp(-Math.max(0, nowMs - atMs) / DECAY_MS);
  return latencyMs * kept + towardsMs * (1 - kept);
}
