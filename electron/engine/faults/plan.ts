import { CRASH } from './effect.ts';
import type { Effect } from './line.ts';

/** What the faults that hit a request do to the connection it goes over. */
export interface FaultPlan {
  readonly effects: readonly Effect[];
  /** In the order they were listed: `latency 213 ms`. */
  readonly words: readonly string[];
  /** The connection is refused. */
  readonly isRefused: boolean;
  /** Nothing gets as far as the backend. */
  readonly isInPlaceOfBackend: boolean;
}

/** @returns null for no effects */
export function planOf(effects: readonly Effect[]): FaultPlan | null {
  if (effects.length === 0) return null;
  return {
    effects,
    words: effects.map(({ words }) => words),
    isRefused: effects.includes(CRASH),
    isInPlaceOfBackend: effects.some((effect) => effect.isInPlaceOfBackend === true),
  };
}
