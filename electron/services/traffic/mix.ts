import type { TrafficPath } from '../../../shared/view/traffic.ts';

/**
 * Paths in turn by weight, spread as evenly as can be: of weights 3 and 1, `a a b a`. Without chance, so that two
 * runs of one plan ask for the same in the same order.
 */
export class Mix {
  readonly #entries: { readonly path: string; readonly weight: number; credit: number }[];
  readonly #total: number;

  /** @param paths at least one */
  constructor(paths: readonly TrafficPath[]) {
    this.#entries = paths.map(({ path, weight }) => ({ path, weight, credit: 0 }));
    this.#total = paths.reduce((sum, { weight }) => sum + weight, 0);
  }

  next(): string {
    let best = this.#entries[0];
    for (const entry of this.#entries) {
      entry.credit += entry.weight;
      if (best && entry.credit > best.credit) best = entry;
    }
    if (!best) return '/';
    best.credit -= this.#total;
    return best.path;
  }
}
