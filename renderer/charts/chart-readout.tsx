import type { BackendSnapshot } from '../../shared/snapshot.ts';
import { backendColour } from '../stores/backend-colours.ts';
import { formatCount, formatMs } from '../stores/words.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartMark } from './chart-marks.ts';
import type { Hovered } from './chart-options.ts';
import styles from './stacked-chart.module.css';

/** More than these are summed up in a line of their own. */
const MOST_ROWS = 10;
/** The gutter of the left axis. */
const GUTTER = 68;

interface Props {
  readonly data: ChartData;
  readonly marks: readonly ChartMark[];
  readonly hovered: Hovered;
  readonly backends: readonly BackendSnapshot[];
}

/** Every series at one instant, beside the pointer. */
export function ChartReadout({ data, marks, hovered, backends }: Props) {
  const { at, left } = hovered;
  const time = data.times[at];
  if (time === undefined) return null;
  const p95 = data.p95Ms[at];
  const errors = data.errors[at] ?? 0;
  const rows = backends
    .map((backend, index) => ({ name: backend.name, index, count: data.requests[index]?.[at] ?? 0 }))
    .filter((row) => backends.length <= MOST_ROWS || row.count > 0);
  const shown =
    rows.length <= MOST_ROWS ? rows : rows.toSorted((a, b) => b.count - a.count).slice(0, MOST_ROWS);
  const isLeft = hovered.at > data.times.length / 2;
  const near = marks.filter((mark) => Math.abs(mark.time - time) <= Math.max(1, data.times.length / 120));
  return (
    <div
      className={styles.readout}
      data-side={isLeft ? 'left' : 'right'}
      style={{ left: `${left + GUTTER}px` }}
      aria-hidden="true"
    >
      <p className={styles.when}>
        {new Date(time * 1_000).toLocaleTimeString('en-GB')}
        <b>{formatCount(data.stacked.at(-1)?.[at] ?? 0)}/s</b>
      </p>
      {near.map((mark) => (
        <p key={mark.detail} className={styles.event} data-kind={mark.kind}>
          {mark.detail}
        </p>
      ))}
      <ul>
        {shown.map(({ name, index, count }) => (
          <li key={name} className={styles.reading}>
            <i style={{ background: backendColour(index) }} />
            <span>{name}</span>
            <b>{formatCount(count)}/s</b>
          </li>
        ))}
      </ul>
      {rows.length > shown.length && <p className={styles.rest}>and {rows.length - shown.length} more</p>}
      <p className={styles.reading} data-line="">
        <i data-kind="errors" />
        <span>errors</span>
        <b data-bad={errors > 0}>{formatCount(errors)}/s</b>
      </p>
      <p className={styles.reading}>
        <i data-kind="p95" />
        <span>p95</span>
        <b>{p95 === null || p95 === undefined ? '–' : formatMs(p95)}</b>
      </p>
    </div>
  );
}
