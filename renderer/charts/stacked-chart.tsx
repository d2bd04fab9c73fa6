import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import { BandLegend } from './band-legend.tsx';
import { wishOf } from './chart-keys.ts';
import type { Hovered } from './chart-options.ts';
import { ChartReadout } from './chart-readout.tsx';
import { readingWords } from './chart-words.ts';
import styles from './stacked-chart.module.css';
import { type Drawn, usePlot } from './use-plot.ts';

/** A click is not yet a drag. */
const SLACK_PX = 4;

interface Props extends Drawn {
  readonly backends: readonly BackendSnapshot[];
  readonly isPaused: boolean;
  /** Whether there is more of the past than is shown. */
  readonly isMovable: boolean;
  /** Stand still, and show what was before this second. */
  onMove(end: number): void;
  onLive(): void;
  /** Which second is read out; null for none. */
  onRead(second: number | null): void;
}

/** Stacked areas and lines; one instant at a time is read out, under the pointer or by the arrow keys. */
export function StackedChart({ backends, isPaused, isMovable, onMove, onLive, onRead, ...drawn }: Props) {
  const { data, marks } = drawn;
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const { frame, plot } = usePlot(drawn, setHovered);
  /** The second the keys are at. */
  const wanted = useRef<number | null>(null);
  const drag = useRef<{ readonly x: number; readonly end: number } | null>(null);
  const now = useId();

  const last = data.times.length - 1;
  const end = (data.times[last] ?? 0) + 1;
  const at = hovered ? Math.min(hovered.at, last) : last;
  const { isEmpty } = data;

  const read = () => {
    if (wanted.current === null || !plot.current) return;
    const second = Math.min(Math.max(wanted.current, end - data.times.length), end - 1);
    plot.current.setCursor({ left: plot.current.valToPos(second, 'x'), top: 0 });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart has moved on below the keys' cursor
  useEffect(read, [data]);

  const readOut = hovered ? (data.times[at] ?? null) : null;
  useEffect(() => onRead(readOut), [readOut, onRead]);
  useEffect(() => () => onRead(null), [onRead]);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wish = wishOf(event, data.times[at] ?? 0, { end, seconds: data.times.length });
    if (!wish || (event.key === 'Escape' && !isPaused)) return;
    event.preventDefault();
    wanted.current = wish.kind === 'read' ? wish.second : null;
    if (wish.kind === 'read') {
      onMove(wish.end);
      read();
    } else if (wish.kind === 'live' || isPaused) onLive();
    else onMove(end);
  };
  const pull = (event: PointerEvent) => {
    wanted.current = null;
    const from = drag.current;
    if (!from || !plot.current) return;
    const pixels = event.clientX - from.x;
    // By the areas themselves, so that they go on following the pointer.
    const { over } = plot.current;
    if (!over.hasPointerCapture(event.pointerId)) {
      if (Math.abs(pixels) < SLACK_PX) return;
      over.setPointerCapture(event.pointerId);
    }
    onMove(Math.round(from.end - (pixels * data.times.length) / over.clientWidth));
  };
  const drop = () => {
    drag.current = null;
  };
  const leave = () => {
    wanted.current = null;
    plot.current?.setCursor({ left: -10, top: -10 });
  };

  return (
    <div
      className={styles.chart}
      data-movable={isMovable}
      role="slider"
      tabIndex={0}
      aria-label="Second in the chart"
      aria-describedby={now}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at}
      aria-valuetext={hovered ? readingWords(data, at, backends, marks) : isPaused ? 'paused' : 'live'}
      onKeyDown={press}
      onBlur={leave}
      onPointerDown={(event) => {
        if (event.button === 0 && isMovable) drag.current = { x: event.clientX, end };
      }}
      onPointerMove={pull}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      <div ref={frame} />
      <BandLegend bands={data.bands} names={backends.map(({ name }) => name)} />
      {hovered && !isEmpty && (
        <ChartReadout data={data} marks={marks} hovered={{ ...hovered, at }} backends={backends} />
      )}
      {isEmpty && <p className={styles.empty}>No requests in this time</p>}
      <p className={styles.spoken} id={now}>
        {isEmpty ? 'No requests in this time' : readingWords(data, last, backends, marks)}
      </p>
    </div>
  );
}
