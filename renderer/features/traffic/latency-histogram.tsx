import type { TrafficLatency } from '../../../shared/view/traffic.ts';
import { formatMs } from '../../stores/words.ts';
import { type HistogramMark, joinMarks, placeOf, scaleOf, ticksOf } from './histogram-scale.ts';
import styles from './latency-histogram.module.css';

const HEIGHT = 64;
/** A bar of one answer among thousands is still seen. */
const LEAST = 1.5;
/** Of the width where it is narrowest, in a dialog. */
const A_CHARACTER = 0.011;

export interface HistogramSeries {
  /** `A`, where there are two of them. */
  readonly name: string;
  readonly latency: TrafficLatency;
}

/** How many answers took how long, each column 21 % longer than the one before; the second series is an outline. */
export function LatencyHistogram({ series }: { readonly series: readonly HistogramSeries[] }) {
  const scale = scaleOf(series.map(({ latency }) => latency));
  const columns = scale.to - scale.from;
  const shares = series.map(({ latency }) => sharesOf(latency, scale.from, scale.to));
  const top = Math.max(Number.MIN_VALUE, ...shares.flat());
  const heightOf = (share: number) => (share === 0 ? 0 : Math.max(LEAST, (share / top) * HEIGHT));
  const [first = [], second] = shares;
  const marks = series.flatMap(({ name, latency }): readonly HistogramMark[] => {
    const told = (words: string, ms: number) => ({ words: `${name}${words}`, place: placeOf(ms, scale) });
    const [p50, p99] = [told('p50', latency.p50Ms), told('p99', latency.p99Ms)];
    return series.length > 1
      ? [p50, p99]
      : [p50, told('p90', latency.p90Ms), p99, told('slowest', latency.maxMs)];
  });
  return (
    <figure className={styles.figure}>
      <div className={styles.marks} aria-hidden="true">
        {joinMarks(marks, A_CHARACTER).map(({ place, words }) => (
          <span
            key={words}
            className={styles.mark}
            style={{ left: `${place * 100}%`, transform: `translateX(-${place * 100}%)` }}
          >
            {words}
          </span>
        ))}
      </div>
      <svg
        className={styles.plot}
        viewBox={`0 0 ${columns} ${HEIGHT}`}
        preserveAspectRatio="none"
        height={HEIGHT}
        role="img"
        aria-label={series.map(inWords).join(' ')}
      >
        <path
          className={styles.bar}
          d={first.map((share, column) => barOf(column, heightOf(share))).join('')}
        />
        {second && (
          <path
            className={styles.outline}
            d={second
              .map(
                (share, column) =>
                  `${column === 0 ? 'M' : 'L'}${column} ${HEIGHT - heightOf(share)}H${column + 1}`,
              )
              .join('')}
          />
        )}
        {marks.map(({ place, words }) => (
          <line
            key={words}
            className={styles.at}
            x1={place * columns}
            x2={place * columns}
            y1={0}
            y2={HEIGHT}
          />
        ))}
      </svg>
      <div className={styles.ticks} aria-hidden="true">
        {ticksOf(scale).map(({ place, words }) => (
          <span
            key={words}
            className={styles.tick}
            style={{ left: `${place * 100}%` }}
            data-edge={edgeOf(place)}
          >
            {words}
          </span>
        ))}
      </div>
    </figure>
  );
}

function barOf(column: number, height: number): string {
  return height === 0 ? '' : `M${column + 0.08} ${HEIGHT}V${HEIGHT - height}H${column + 0.92}V${HEIGHT}Z`;
}

function sharesOf({ buckets }: TrafficLatency, from: number, to: number): readonly number[] {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  return buckets.slice(from, to).map((count) => count / Math.max(1, total));
}

function inWords({ name, latency }: HistogramSeries): string {
  const { p50Ms, p90Ms, p99Ms, maxMs } = latency;
  const whose = name === '' ? 'Latency' : `Latency of ${name.trim()}`;
  return `${whose}: half within ${formatMs(p50Ms)}, 90 % within ${formatMs(p90Ms)}, 99 % within ${formatMs(p99Ms)}, the slowest ${formatMs(maxMs)}.`;
}

function edgeOf(place: number): 'start' | 'end' | undefined {
  if (place === 0) return 'start';
  return place === 1 ? 'end' : undefined;
}
