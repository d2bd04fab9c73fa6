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
 *
 * @param costOf asked only when there are two
 */
export function cheaperOfTwo<C extends Candidate>(
  candidates: readonly C[],
  tried: readonly C[],
  random: Random,
  costOf: (candidate: Candidate) => number,
): C | null {
  const first = draw(candidates, tried, random);
  const second = first && draw(candidates, tried, random, first);
  return first && second && costOf(second) < costOf(first) ? second : first;
}
