import {
  bucketStartMs,
  LATENCY_BUCKETS,
  latencyPosition,
  type TrafficLatency,
} from '../../../shared/view/traffic.ts';

const A_DECADE = latencyPosition(1) - latencyPosition(0.1);

/** The buckets that are drawn, whole decades, so that a live histogram seldom changes its scale. */
export interface HistogramScale {
  readonly from: number;
  /** After the last. */
  readonly to: number;
}

/** At least two decades around what there is. */
export function scaleOf(all: readonly TrafficLatency[]): HistogramScale {
  let first = LATENCY_BUCKETS;
  let last = -1;
  for (const { buckets } of all) {
    first = Math.min(first, indexOrEnd(buckets.findIndex((count) => count > 0)));
    last = Math.max(
      last,
      buckets.findLastIndex((count) => count > 0),
    );
  }
  if (last === -1) return { from: A_DECADE, to: 3 * A_DECADE };
  const from = Math.floor(first / A_DECADE) * A_DECADE;
  const to = Math.ceil((last + 1) / A_DECADE) * A_DECADE;
  if (to - from > A_DECADE) return { from, to };
  return to === LATENCY_BUCKETS ? { from: from - A_DECADE, to } : { from, to: to + A_DECADE };
}

const indexOrEnd = (index: number) => (index === -1 ? LATENCY_BUCKETS : index);

/** Where a latency lies on the scale, 0 to 1. */
export function placeOf(ms: number, { from, to }: HistogramScale): number {
  return Math.min(1, Math.max(0, (latencyPosition(ms) - from) / (to - from)));
}

/** One for each tenfold: `1 ms`, `10 ms`, `1 s`. */
export function ticksOf(
  scale: HistogramScale,
): readonly { readonly place: number; readonly words: string }[] {
  const ticks = [];
  for (let at = scale.from; at <= scale.to; at += A_DECADE) {
    const ms = bucketStartMs(at);
    const words = ms >= 999 ? `${Math.round(ms / 1_000)} s` : `${Number(ms.toPrecision(1))} ms`;
    ticks.push({ place: (at - scale.from) / (scale.to - scale.from), words });
  }
  return ticks;
}

export interface HistogramMark {
  /** 0 to 1. */
  readonly place: number;
  readonly words: string;
}

/**
 * Marks whose words would run into each other are told together, at the place of the first. Words stand at their mark as
 * far along themselves as the mark is along the scale, so that none leaves it.
 *
 * @param aCharacter its width, of the scale's
 */
export function joinMarks(marks: readonly HistogramMark[], aCharacter: number): readonly HistogramMark[] {
  const joined: HistogramMark[] = [];
  const widthOf = ({ words }: HistogramMark) => (words.length + 1) * aCharacter;
  for (const mark of [...marks].sort((a, b) => a.place - b.place)) {
    const before = joined.at(-1);
    const room = before && (1 - before.place) * widthOf(before) + mark.place * widthOf(mark);
    if (before && room !== undefined && mark.place - before.place < room)
      joined[joined.length - 1] = { place: before.place, words: `${before.words} ${mark.words}` };
    else joined.push(mark);
  }
  return joined;
}
