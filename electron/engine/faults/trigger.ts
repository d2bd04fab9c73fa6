import type { FaultSettings } from '../../../shared/config/fault-schema.ts';
import type { Random } from './line.ts';

/** What a fault may know of a request or a probe. */
export interface Hit {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** All lines of a field, joined by `, `; null without any. The case of the name is ignored. */
  header(name: string): string | null;
}

/** Says which requests a fault hits, and counts them. One counts requests, another probes. */
export class Trigger {
  readonly #fault: FaultSettings;
  readonly #random: Random;
  /** Requests that match. */
  #seen = 0;
  /** Those of them that were hit. */
  hits = 0;

  constructor(fault: FaultSettings, random: Random) {
    this.#fault = fault;
    this.#random = random;
  }

  /** Whether it will never hit one again. */
  get isSpent(): boolean {
    const { first = Number.POSITIVE_INFINITY, times = Number.POSITIVE_INFINITY } = this.#fault;
    return this.#seen >= first || this.hits >= times;
  }

  /** @param hit null for a bare connection, which no `match` fits */
  pull(hit: Hit | null): boolean {
    const { every = 1, probability = 1 } = this.#fault;
    if (this.isSpent || !isMatch(this.#fault, hit)) return false;
    this.#seen++;
    if (this.#seen % every !== 0 || (probability < 1 && this.#random() >= probability)) return false;
    this.hits++;
    return true;
  }
}

function isMatch({ match }: FaultSettings, hit: Hit | null): boolean {
  if (match === undefined) return true;
  if (hit === null) return false;
  if (match.method !== undefined && match.method !== hit.method) return false;
  if (match.path !== undefined && !hit.path.startsWith(match.path)) return false;
  return Object.entries(match.headers ?? {}).every(([name, value]) => hit.header(name) === value);
}
