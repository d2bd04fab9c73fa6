import { type Candidate, isUsable, type Policy } from './policy.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

const NONE: readonly never[] = [];

/**
 * The one with the fewest requests in flight for its weight. Those that are level are taken in turn by weight, as nginx
 * does it (ngx_http_upstream_least_conn_module.c): otherwise a pool at rest would send everything to the first.
 */
export class LeastConnections implements Policy {
  readonly #level = new WeightedRoundRobin();
  /** How many were level with the one picked last, itself included. */
  #levelCount = 0;

  pick<C extends Candidate>(candidates: readonly C[], tried: readonly C[]): C | null {
    let level: C[] = [];
    for (const candidate of candidates) {
      if (!isUsable(candidate, tried)) continue;
      const [best] = level;
      // Multiplied out: divided, 1/3 and 2/6 might not be level.
      const lead = best ? best.inFlight * candidate.weight - candidate.inFlight * best.weight : 0;
      if (lead > 0) level = [candidate];
      else if (lead === 0) level.push(candidate);
    }
    this.#levelCount = level.length;
    return this.#level.pick(level, NONE);
  }

  why(): string {
    const others = this.#levelCount - 1;
    const fewest = 'it had the fewest requests in flight for its weight';
    return others === 0 ? fewest : `${fewest}, as had ${others} more, and it was its turn`;
  }
}
