import type { Candidate, PickRequest, Policy } from './policy.ts';
import { rendezvous } from './rendezvous.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

/** The part of a request that is hashed; null when this one has none. */
export type KeyOf = (request: PickRequest) => string | null;

/** The same key, the same backend. Requests without the key are spread by weight, rather than all sent to one. */
export class KeyHash implements Policy {
  readonly #keyOf: KeyOf;
  readonly #keyName: string;
  readonly #keyless = new WeightedRoundRobin();

  /** @param keyName what the key is, in words: `the header "x-tenant"` */
  constructor(keyOf: KeyOf, keyName: string) {
    this.#keyOf = keyOf;
    this.#keyName = keyName;
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[], request: PickRequest): C | null {
    const key = this.#keyOf(request);
    return key === null ? this.#keyless.pick(candidates, tried) : rendezvous(candidates, tried, key);
  }

  why(_picked: Candidate, request: PickRequest): string {
    const key = this.#keyOf(request);
    if (key === null) return `the request has not ${this.#keyName}, and it was its turn by weight`;
    return `of those that could serve, it comes first for ${this.#keyName} ${JSON.stringify(key)}`;
  }
}
