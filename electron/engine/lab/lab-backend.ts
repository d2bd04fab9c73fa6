import type { LabBackend } from '../../../shared/view/policy-lab.ts';
import type { Candidate } from '../balancing/policy.ts';
import { percentileOf } from './percentile.ts';
import type { LabMember } from './recording.ts';

/** A backend in a replay, as its policy sees it. */
export class ReplayedBackend implements Candidate {
  readonly name: string;
  readonly weight: number;
  /** Warm from the start. */
  readonly share = 1;
  readonly isBackup: boolean;
  inFlight = 0;
  readonly #limit: number;
  #peak = 0;
  readonly #latenciesMs: number[] = [];

  constructor({ name, weight, isBackup, maxConnections }: LabMember) {
    this.name = name;
    this.weight = weight;
    this.isBackup = isBackup;
    this.#limit = maxConnections ?? Number.POSITIVE_INFINITY;
  }

  isAvailable(): boolean {
    return this.inFlight < this.#limit;
  }

  begin(latencyMs: number): void {
    this.inFlight++;
    this.#peak = Math.max(this.#peak, this.inFlight);
    this.#latenciesMs.push(latencyMs);
  }

  result(): LabBackend {
    const sorted = this.#latenciesMs.sort((a, b) => a - b);
    return {
      backend: this.name,
      requests: sorted.length,
      peakInFlight: this.#peak,
      p95Ms: sorted.length === 0 ? null : percentileOf(sorted, 95),
    };
  }
}
