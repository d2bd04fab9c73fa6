import { CheaperOfTwo, type Random } from './draw.ts';
import type { Candidate, Policy } from './policy.ts';

/** The less loaded of two drawn by weight: nearly as even as the least loaded of all, and no herd runs after one. */
export class TwoChoices implements Policy {
  readonly #two: CheaperOfTwo;

  constructor(random: Random) {
    this.#two = new CheaperOfTwo(random, ({ inFlight, weight }) => inFlight / weight);
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    return this.#two.pick(candidates, tried);
  }

  why(picked: Candidate): string {
    return this.#two.why(picked, (_, cost) => `${Number(cost.toFixed(2))} in flight for its weight`);
  }
}
