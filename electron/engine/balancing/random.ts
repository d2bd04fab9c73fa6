import { draw, type Random } from './draw.ts';
import type { Candidate, Policy } from './policy.ts';

/** A draw by weight for every request. */
export class RandomDraw implements Policy {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    return draw(candidates, tried, this.#random);
  }

  why(): string {
    return 'it was drawn by weight';
  }
}
