import { cheaperOfTwo, type Random } from './draw.ts';
import type { Candidate, Policy } from './policy.ts';

/** The less loaded of two drawn by weight: nearly as even as the least loaded of all, and no herd runs after one. */
export class TwoChoices implements Policy {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    return cheaperOfTwo(candidates, tried, this.#random, loadOf);
  }
}

function loadOf({ inFlight, weight }: Candidate): number {
  return inFlight / weight;
}
