import { type Candidate, isUsable, type Policy } from './policy.ts';

/**
 * Smooth weighted round robin, as nginx does it (ngx_http_upstream_round_robin.c): weights 5, 1, 1 give
 * a a b a c a a, never five in a row. Every pick raises each usable candidate by its weight and lowers
 * the winner by the sum, so one that comes back starts level and brings no burst.
 */
export class WeightedRoundRobin implements Policy {
  readonly #credit = new WeakMap<Candidate, number>();

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    let best: C | null = null;
    let bestCredit = Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const candidate of candidates) {
      if (!isUsable(candidate, tried)) continue;
      const credit = (this.#credit.get(candidate) ?? 0) + candidate.weight;
      this.#credit.set(candidate, credit);
      total += candidate.weight;
      if (credit > bestCredit) {
        best = candidate;
        bestCredit = credit;
      }
    }
    if (best) this.#credit.set(best, bestCredit - total);
    return best;
  }

  why(): string {
    return 'it was its turn by weight';
  }
}
