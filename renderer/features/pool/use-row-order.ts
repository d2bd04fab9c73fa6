import { useRef } from 'react';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { type Sort, sortedNames } from './sort-backends.ts';

interface Order {
  readonly names: readonly string[];
  readonly sort: Sort | null;
  readonly second: number;
}

/**
 * The rows in the order asked for. Live figures would make them jump four times a second: they are sorted anew once a
 * second, and never while the pointer or the focus is among them.
 *
 * @param second of now, since the epoch
 */
export function useRowOrder(
  backends: readonly BackendSnapshot[],
  sort: Sort | null,
  rates: ReadonlyMap<string, number>,
  { second, isHeld }: { readonly second: number; readonly isHeld: boolean },
): readonly BackendSnapshot[] {
  const last = useRef<Order>({ names: [], sort: null, second: 0 });
  const byName = new Map(backends.map((one) => [one.name, one]));
  const before = last.current;
  const isSame = before.names.length === backends.length && before.names.every((name) => byName.has(name));
  const isDue = before.sort !== sort || !isSame || sort === null || (!isHeld && before.second !== second);
  if (isDue) last.current = { names: sortedNames(backends, sort, rates), sort, second };
  return last.current.names.flatMap((name) => byName.get(name) ?? []);
}
