import type { ChartSpan } from './chart-data.ts';

/** What a key asks of the chart. Seconds since the epoch. */
export type ChartWish =
  | { readonly kind: 'live' }
  | { readonly kind: 'toggle' }
  /** Show what was before `end`, and read out one second. */
  | { readonly kind: 'read'; readonly second: number; readonly end: number };

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
}

/**
 * Arrows read one second after another, ten with Shift, and take the chart with them at its edges; the page keys move
 * by half of what is shown. Null for a key that means nothing here.
 *
 * @param reading the second that is read out now
 */
export function wishOf(
  { key, shiftKey }: Key,
  reading: number,
  { end, seconds }: ChartSpan,
): ChartWish | null {
  const read = (second: number): ChartWish => {
    const first = end - seconds;
    const isBefore = second < first;
    const isAfter = second >= end;
    return { kind: 'read', second, end: isBefore ? second + seconds : isAfter ? second + 1 : end };
  };
  const step = shiftKey ? 10 : 1;
  const page = Math.round(seconds / 2);
  switch (key) {
    case 'ArrowLeft':
      return read(reading - step);
    case 'ArrowRight':
      return read(reading + step);
    case 'PageUp':
      return { kind: 'read', second: reading - page, end: end - page };
    case 'PageDown':
      return { kind: 'read', second: reading + page, end: end + page };
    case 'Home':
      return { kind: 'read', second: 0, end: 0 };
    case 'End':
    case 'Escape':
      return { kind: 'live' };
    case ' ':
      return { kind: 'toggle' };
    default:
      return null;
  }
}
