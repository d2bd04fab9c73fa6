import { type Candidate, isUsable, type Policy } from './policy.ts';

/**
 * Each backend in turn, in the order of the list; one that is not available is passed over. One that starts slowly lets
 * others have the turns beyond its share, unless there are no others.
 */
export class RoundRobin implements Policy {
  readonly #turnsDue = new WeakMap<Candidate, number>();
  #next = 0;

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    const count = candidates.length;
    let spare: C | null = null;
    for (let step = 0; step < count; step++) {
      const at = (this.#next + step) % count;
      const candidate = candidates[at];
      if (!candidate || !isUsable(candidate, tried)) continue;
      if (candidate.share === 1 || this.#takesTurn(candidate)) {
        this.#next = (at + 1) % count;
        return candidate;
      }
      spare ??= candidate;
    }
    return spare;
  }

  why(picked: Candidate): string {
    return picked.share === 1 ? 'it was its turn' : 'it was its turn, one of the few it takes at first';
  }

  #takesTurn(candidate: Candidate): boolean {
    const due = (this.#turnsDue.get(candidate) ?? 0) + candidate.share;
    this.#turnsDue.set(candidate, due >= 1 ? due - 1 : due);
    return due >= 1;
  }
}
