import { useMemo, useRef } from 'react';
import { type Band, bandsOf, MOST_BANDS } from '../../charts/chart-bands.ts';
import { type ChartData, type Counted, withBands } from '../../charts/chart-data.ts';
import { useApp } from '../../stores/use-app.ts';

/**
 * The chart's areas: those of the busiest and of the backend under the pointer.
 *
 * @param names of the backends, a line each
 */
export function useBands(counted: Counted, pool: string, names: string): ChartData {
  const pointed = useApp((state) => state.pointedBackend);
  const kept = useRef<{ readonly of: string; readonly bands: readonly Band[] }>({ of: '', bands: [] });
  // Where all have one, nothing is drawn anew for the pointer.
  const isShort = counted.requests.length > MOST_BANDS;
  const place = isShort && pointed !== null ? names.split('\n').indexOf(pointed) : -1;
  return useMemo(() => {
    const of = `${pool}\n${names}`;
    const before = kept.current.of === of ? kept.current.bands : [];
    const bands = bandsOf(counted.requests, before, -1);
    kept.current = { of, bands };
    return withBands(counted, place === -1 ? bands : bandsOf(counted.requests, bands, place));
  }, [counted, pool, names, place]);
}
