import type { ChartData } from './chart-data.ts';

/** A backend's place in the pool, or all those that have no area of their own. */
export type Band = number | 'others';

/** More areas than this cannot be told apart: the busiest keep theirs, and one more is for the others. */
export const MOST_BANDS = 10;
/** What is not busier by this is as busy: of many alike, the areas would be others every second. */
const CLEARLY = 1.25;

/**
 * Who has an area of its own, bottom up; the others come on top of them.
 *
 * @param kept who had one before
 * @param pointed the backend that is looked at, which always has one; -1 for none
 */
export function bandsOf(requests: ChartData['requests'], kept: readonly Band[], pointed: number): Band[] {
  const all = requests.map((_, index) => index);
  if (all.length <= MOST_BANDS) return all;
  const ranks = requests.map((row, index) => rankOf(row) + (kept.includes(index) ? 1.5 : 0));
  const busiest = all.toSorted((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0)).slice(0, MOST_BANDS - 1);
  const own = pointed === -1 || busiest.includes(pointed) ? busiest : [...busiest.slice(0, -1), pointed];
  return [...own.toSorted((a, b) => a - b), 'others'];
}

function rankOf(row: readonly number[]): number {
  const total = row.reduce((sum, count) => sum + count, 0);
  return total === 0 ? -1 : Math.round(Math.log(total) / Math.log(CLEARLY));
}

/** Requests in each second, one row a band. */
export function bandRows(
  requests: ChartData['requests'],
  bands: readonly Band[],
): readonly (readonly number[])[] {
  return bands.map((band) => {
    if (band !== 'others') return requests[band] ?? [];
    const rest = requests.filter((_, index) => !bands.includes(index));
    return (rest[0] ?? []).map((_, at) => rest.reduce((sum, row) => sum + (row[at] ?? 0), 0));
  });
}

/** `31 others`, or the name of the one backend. */
export function bandName(band: Band, bands: readonly Band[], names: readonly string[]): string {
  return band === 'others' ? `${names.length - bands.length + 1} others` : (names[band] ?? '');
}
