import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { PoolSnapshot, Snapshot } from '../../shared/snapshot.ts';
import { useApp } from '../stores/use-app.ts';
import { chartData } from './chart-data.ts';
import { chartMarks } from './chart-marks.ts';
import { alignedData, CHART_HEIGHT, chartOptions, type Hovered } from './chart-options.ts';
import { ChartReadout } from './chart-readout.tsx';
import styles from './stacked-chart.module.css';

interface Props {
  readonly snapshot: Snapshot;
  readonly pool: PoolSnapshot;
  readonly seconds: number;
}

/** Stacked areas on canvas; one instant at a time is read out beside the pointer. */
export function StackedChart({ snapshot, pool, seconds }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const theme = useApp((state) => state.drawnTheme);
  const backends = pool.backends.length;

  const data = chartData(snapshot, pool, seconds);
  const marks = chartMarks(snapshot.events, pool.name, data.times[0] ?? 0);
  const latest = useRef({ data, marks });
  latest.current = { data, marks };

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours follow the theme
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const options = chartOptions({
      backends,
      width: element.clientWidth,
      marks: () => latest.current.marks,
      onHover: setHovered,
    });
    const created = new uPlot(options, alignedData(latest.current.data), element);
    plot.current = created;
    const resized = new ResizeObserver(() =>
      created.setSize({ width: element.clientWidth, height: CHART_HEIGHT }),
    );
    resized.observe(element);
    return () => {
      resized.disconnect();
      created.destroy();
    };
  }, [backends, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a batch, not when something is hovered
  useEffect(() => plot.current?.setData(alignedData(data)), [snapshot, pool.name, seconds]);

  const isEmpty = data.stacked.at(-1)?.every((count) => count === 0) ?? true;
  return (
    <div className={styles.chart}>
      <div ref={frame} />
      {hovered && !isEmpty && (
        <ChartReadout data={data} marks={marks} hovered={hovered} backends={pool.backends} />
      )}
      {isEmpty && <p className={styles.empty}>No requests in this time</p>}
    </div>
  );
}
