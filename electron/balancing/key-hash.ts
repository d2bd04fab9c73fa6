import type { Candidate, PickRequest, Policy } from './policy.ts';
import { rendezvous } from './rendezvous.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

/** The part of a request that is hashed; null when this one has none. */
export type KeyOf = (request: PickRequest) => string | null;

/** The same key, the same backend. Requests without the key are spread by weight, rather than all sent to one. */
export class KeyHash implements Policy {
  readonly #keyOf: KeyOf;
  readonly #keyless = new WeightedRoundRobin();

  constructor(keyOf: KeyOf) {
    this.#keyOf = keyOf;
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[], request: PickRequest): C | null {
    const key = this.#keyOf(request);
    return key === null ? this.#keyless.pick(candidates, tried) : rendezvous(candidates, tried, key);
  }
}
