import { type Candidate, isUsable } from './policy.ts';

export type Random = () => number;

/**
 * A draw by weight among those that may be picked.
 *
 * @param except one that is not drawn, so that two draws give two
 */
export function draw<C extends Candidate>(
  candidates: readonly C[],
  tried: readonly C[],
  random: Random,
  except: C | null = null,
): C | null {
  let total = 0;
  for (const one of candidates) if (one !== except && isUsable(one, tried)) total += one.weight;
  let left = total === 0 ? 0 : random() * total;
  let last: C | null = null;
  for (const one of candidates) {
    if (one === except || !isUsable(one, tried)) continue;
    last = one;
    left -= one.weight;
    if (left < 0) break;
  }
  return last;
}

/**
 * Two draws by weight, and the one that costs less; the first when they cost the same, which leaves a pool at rest to the
 * weights alone (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001).
 */
export class CheaperOfTwo {
  readonly #random: Random;
  readonly #costOf: (candidate: Candidate) => number;
  /** The other one of the last pick; null when there was none to draw. */
  #loser: Candidate | null = null;
  #cost = 0;
  #loserCost = 0;

  /** @param costOf asked only when there are two */
  constructor(random: Random, costOf: (candidate: Candidate) => number) {
    this.#random = random;
    this.#costOf = costOf;
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    const first = draw(candidates, tried, this.#random);
    const second = first && draw(candidates, tried, this.#random, first);
    this.#loser = null;
    if (!first || !second) return first;
    const firstCost = this.#costOf(first);
    const secondCost = this.#costOf(second);
    const [winner, loser] = secondCost < firstCost ? [second, first] : [first, second];
    this.#loser = loser;
    this.#cost = Math.min(firstCost, secondCost);
    this.#loserCost = Math.max(firstCost, secondCost);
    return winner;
  }

  /**
   * Why the last pick fell on its winner; see `Policy.why`.
   *
   * @param describe a cost in words
   */
  why(winner: Candidate, describe: (candidate: Candidate, cost: number) => string): string {
    const loser = this.#loser;
    if (!loser) return 'it was the only one to draw';
    return `it was drawn with ${loser.name}: ${describe(winner, this.#cost)} against ${describe(loser, this.#loserCost)}`;
  }
}
