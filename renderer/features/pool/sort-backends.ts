import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { standingOf } from '../../stores/words.ts';

export type SortColumn =
  | 'rotation'
  | 'name'
  | 'health'
  | 'uptime'
  | 'weight'
  | 'inFlight'
  | 'requests'
  | 'rate'
  | 'errors'
  | 'p95';

/** Null for the order of the config, which is the order of the keys 1 to 9 too. */
export interface Sort {
  readonly column: SortColumn;
  readonly direction: 'ascending' | 'descending';
}

/** What is looked for first stands on top: the worst, the most, the first of the alphabet. */
const FIRST_DIRECTION: Readonly<Record<SortColumn, Sort['direction']>> = {
  rotation: 'ascending',
  name: 'ascending',
  health: 'ascending',
  uptime: 'ascending',
  weight: 'descending',
  inFlight: 'descending',
  requests: 'descending',
  rate: 'descending',
  errors: 'descending',
  p95: 'descending',
};

const ADMIN_ORDER = { disabled: 0, draining: 1, enabled: 2 } as const;
const TONE_ORDER = { bad: 0, tried: 1, busy: 2, simulated: 3, off: 4, unknown: 5, ok: 6 } as const;

/** One way, the other way, and back to the order of the config. */
export function nextSort(sort: Sort | null, column: SortColumn): Sort | null {
  const first = FIRST_DIRECTION[column];
  if (sort?.column !== column) return { column, direction: first };
  if (sort.direction !== first) return null;
  return { column, direction: first === 'ascending' ? 'descending' : 'ascending' };
}

/**
 * Names in the order to draw them. Equal ones stay as they were in the config.
 *
 * @param rates requests a second, by backend
 */
export function sortedNames(
  backends: readonly BackendSnapshot[],
  sort: Sort | null,
  rates: ReadonlyMap<string, number>,
): readonly string[] {
  const names = (all: readonly BackendSnapshot[]) => all.map(({ name }) => name);
  if (!sort) return names(backends);
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return names(
    [...backends].sort(
      (a, b) => sign * compare(sortValue(sort.column, a, rates), sortValue(sort.column, b, rates)),
    ),
  );
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'string' || typeof b === 'string')
    return String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' });
  return a - b;
}

function sortValue(
  column: SortColumn,
  backend: BackendSnapshot,
  rates: ReadonlyMap<string, number>,
): string | number {
  const { name, admin, probes, weight, counters } = backend;
  switch (column) {
    case 'rotation':
      return ADMIN_ORDER[admin];
    case 'name':
      return name;
    case 'health':
      return TONE_ORDER[standingOf(backend, 0).tone];
    case 'uptime':
      return probes.length === 0 ? 1 : probes.filter(({ passed }) => passed).length / probes.length;
    case 'weight':
      return weight;
    case 'inFlight':
      return counters.inFlight;
    case 'requests':
      return counters.requests;
    case 'rate':
      return rates.get(name) ?? 0;
    case 'errors':
      return counters.errors + counters.byClass[4];
    case 'p95':
      return counters.latency?.p95Ms ?? -1;
  }
}
