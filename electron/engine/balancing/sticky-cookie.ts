import { createHmac } from 'node:crypto';
import { type Candidate, isUsable, type PickRequest, type Policy } from './policy.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

/**
 * A client stays with the backend that answered it first. The cookie's value is an HMAC-SHA-256 of the backend's name: it
 * tells nothing of the backend, and whatever was not made here, or with another key, matches none. A client without one,
 * or whose backend is out or gone, is given the next by weight, and stays there from then on.
 */
export class StickyCookie implements Policy {
  readonly #cookie: string;
  readonly #key: string | Uint8Array;
  readonly #values = new WeakMap<Candidate, string>();
  readonly #newcomers = new WeightedRoundRobin();

  /** @param cookie its name; @param key what signs it */
  constructor(cookie: string, key: string | Uint8Array) {
    this.#cookie = cookie;
    this.#key = key;
  }

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[], request: PickRequest): C | null {
    const value = request.cookie(this.#cookie);
    if (value !== null) {
      for (const candidate of candidates) {
        // Not in constant time: all that a forged value could gain is the choice of a backend.
        if (this.#valueOf(candidate) === value && isUsable(candidate, tried)) return candidate;
      }
    }
    return this.#newcomers.pick(candidates, tried);
  }

  why(picked: Candidate, request: PickRequest): string {
    const value = request.cookie(this.#cookie);
    if (value === this.#valueOf(picked)) return `the cookie ${this.#cookie} names it`;
    const lack =
      value === null
        ? `there is no cookie ${this.#cookie} yet`
        : `the cookie ${this.#cookie} names none that could serve`;
    return `${lack}, and it was its turn by weight`;
  }

  /** For the browser's session, out of reach of scripts. Not `Secure`: most of what is developed on is plain http. */
  cookieFor(candidate: Candidate, request: PickRequest): string | null {
    const value = this.#valueOf(candidate);
    if (request.cookie(this.#cookie) === value) return null;
    return `${this.#cookie}=${value}; Path=/; HttpOnly; SameSite=Lax`;
  }

  #valueOf(candidate: Candidate): string {
    let value = this.#values.get(candidate);
    if (value === undefined) {
      value = createHmac('sha256', this.#key).update(candidate.name).digest('base64url');
      this.#values.set(candidate, value);
    }
    return value;
  }
}
