import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import { StandingMark } from '../components/standing-mark.tsx';
import { formatCount, formatMs } from '../stores/words.ts';
import { BandKey } from './band-key.tsx';
import { bandName } from './chart-bands.ts';
import { bandAt, type ChartData, LINES, totalAt } from './chart-data.ts';
import { GUTTER, PADDING } from './chart-gutter.ts';
import type { ChartMark } from './chart-marks.ts';
import type { Hovered } from './chart-options.ts';
import styles from './chart-readout.module.css';
import { clockTime } from './chart-words.ts';
import { LineKey } from './line-key.tsx';

const MOST_MARKS = 4;

interface Props {
  readonly data: ChartData;
  readonly marks: readonly ChartMark[];
  readonly hovered: Hovered;
  readonly backends: readonly BackendSnapshot[];
}

/** Every series at one instant, beside the pointer: those not drawn too. In the order of the areas, top down. */
export function ChartReadout({ data, marks, hovered, backends }: Props) {
  const { at, left, height } = hovered;
  const time = data.times[at];
  if (time === undefined) return null;
  const pointed = bandAt(data, at, height);
  const names = backends.map(({ name }) => name);
  const rows = data.bands
    .map((band, place) => ({
      band,
      name: bandName(band, data.bands, names),
      count: (data.stacked[place]?.[at] ?? 0) - (data.stacked[place - 1]?.[at] ?? 0),
    }))
    .reverse();
  const total = totalAt(data, at);
  const near = marks.filter((mark) => Math.abs(mark.time - time) <= Math.max(1, data.times.length / 120));
  return (
    <div
      className={styles.readout}
      data-side={at > data.times.length / 2 ? 'left' : 'right'}
      style={{ left: `${left + GUTTER + PADDING}px` }}
      aria-hidden="true"
    >
      <p className={styles.when}>
        {clockTime(time)}
        <b>{formatCount(total)}/s</b>
      </p>
      {near.slice(-MOST_MARKS).map((mark) => (
        <p key={`${mark.time} ${mark.detail}`} className={styles.event} data-kind={mark.kind}>
          {mark.kind !== 'plain' && <StandingMark tone={mark.kind} />}
          <span>{mark.detail}</span>
        </p>
      ))}
      <ul>
        {rows.map(({ band, name, count }) => (
          <li key={band} className={styles.reading} data-pointed={band === pointed}>
            <BandKey band={band} />
            <span>{name}</span>
            <b>{formatCount(count)}/s</b>
          </li>
        ))}
      </ul>
      <div className={styles.lines}>
        {LINES.map((name) => (
          <p key={name} className={styles.reading}>
            <LineKey line={name} />
            <span>{name}</span>
            <b data-bad={name === 'errors' && (data.lines.errors[at] ?? 0) > 0}>
              {name === 'errors'
                ? `${formatCount(data.lines.errors[at] ?? 0)}/s`
                : msText(data.lines[name][at])}
            </b>
          </p>
        ))}
      </div>
    </div>
  );
}

function msText(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '–' : formatMs(ms);
}
