import { hash32 } from './hash.ts';
import { type Candidate, isUsable } from './policy.ts';

/**
 * Weighted rendezvous hashing: every candidate draws a score from the key and its own name, the highest wins
 * (Thaler & Ravishankar, "Using name-based mappings to increase hit rates", 1998; the weights by -w/ln(u), as in Schindelhauer
 * & Schomaker, "Weighted distributed hash tables", 2005). Needs no table and no order: when one of n goes, its own keys
 * move, to wherever they scored second, and no other; when it comes back, so do they.
 */
export function rendezvous<C extends Candidate>(
  candidates: readonly C[],
  tried: readonly C[],
  key: string,
): C | null {
  const seed = hash32(key);
  let best: C | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    if (!isUsable(candidate, tried)) continue;
    // Never 0 or 1, whose logarithms would win or lose against every weight.
    const drawn = (hash32(candidate.name, seed) + 0.5) / 0x1_0000_0000;
    const score = -candidate.weight / Math.log(drawn);
    if (score > bestScore || (score === bestScore && best && candidate.name < best.name)) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}
