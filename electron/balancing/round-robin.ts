import { type Candidate, isUsable, type Policy } from './policy.ts';

/** Each backend in turn, in the order of the list; one that is not available is passed over. */
export class RoundRobin implements Policy {
  #next = 0;

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    const count = candidates.length;
    for (let step = 0; step < count; step++) {
      const at = (this.#next + step) % count;
      const candidate = candidates[at];
      if (candidate && isUsable(candidate, tried)) {
        this.#next = (at + 1) % count;
        return candidate;
      }
    }
    return null;
  }
}
