import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import { formatCount, formatMs } from '../stores/words.ts';
import { type ChartData, totalAt } from './chart-data.ts';
import type { ChartMark } from './chart-marks.ts';

/** More than these are not read out by name. */
const MOST_NAMED = 5;

/** `12:03:10`, the same for everybody. */
export function clockTime(second: number): string {
  return clock.format(second * 1_000);
}
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What the chart shows at one second, as a sentence. */
export function readingWords(
  data: ChartData,
  at: number,
  backends: readonly BackendSnapshot[],
  marks: readonly ChartMark[],
): string {
  const time = data.times[at];
  if (time === undefined) return 'nothing is shown';
  const named = backends
    .map(({ name }, index) => ({ name, count: data.requests[index]?.[at] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const shares = named.slice(0, MOST_NAMED).map(({ name, count }) => `${name} ${formatCount(count)}`);
  if (named.length > MOST_NAMED) shares.push(`${named.length - MOST_NAMED} more`);
  const parts = [`${formatCount(totalAt(data, at))} requests a second`, ...shares];
  const errors = data.lines.errors[at] ?? 0;
  if (errors > 0) parts.push(`${formatCount(errors)} errors`);
  const { p50, p95, p99 } = data.lines;
  const latencies = [p50[at], p95[at], p99[at]];
  if (typeof latencies[1] === 'number')
    parts.push(
      `half of the answers within ${ms(latencies[0])}, 95 of 100 within ${ms(latencies[1])}, 99 within ${ms(latencies[2])}`,
    );
  const happened = marks.filter((mark) => Math.floor(mark.time) === time).map((mark) => mark.detail);
  return [`${clockTime(time)}: ${parts.join(', ')}`, ...happened].join('. ');
}

const ms = (value: number | null | undefined): string => formatMs(value ?? 0);
