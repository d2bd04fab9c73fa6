import { type Candidate, isUsable, type Policy } from './policy.ts';

/** The first of the list that can serve; the others stand by, in their order. */
export class FirstAvailable implements Policy {
  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    return candidates.find((candidate) => isUsable(candidate, tried)) ?? null;
  }

  why(): string {
    return 'it was the first in the list that could serve';
  }
}
