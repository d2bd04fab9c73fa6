import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { PoolSnapshot, Snapshot } from '../../shared/snapshot.ts';
import { backendColour } from '../stores/backend-colours.ts';
import { useApp } from '../stores/use-app.ts';
import { formatMs } from '../stores/words.ts';
import { type ChartData, type ChartMark, chartData, chartMarks } from './chart-data.ts';
import styles from './stacked-chart.module.css';

const HEIGHT = 170;

interface Props {
  readonly snapshot: Snapshot;
  readonly pool: PoolSnapshot;
  readonly seconds: number;
}

interface Drawn {
  data: ChartData;
  marks: readonly ChartMark[];
}

/** Stacked areas on canvas; one instant at a time is read out below. */
export function StackedChart({ snapshot, pool, seconds }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const drawn = useRef<Drawn>({ data: { times: [], requests: [], stacked: [], p95Ms: [] }, marks: [] });
  const [hovered, setHovered] = useState<number | null>(null);
  const theme = useApp((state) => state.drawnTheme);
  const names = pool.backends.map((backend) => backend.name).join('\n');

  const data = chartData(snapshot, pool, seconds);
  drawn.current = { data, marks: chartMarks(snapshot.events, pool.name, data.times[0] ?? 0) };

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours follow the theme, series follow the names
  useEffect(() => {
    if (!frame.current) return;
    const element = frame.current;
    const created = new uPlot(
      options(names.split('\n'), element, drawn, setHovered),
      aligned(drawn.current.data),
      element,
    );
    plot.current = created;
    const resized = new ResizeObserver(() => created.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      created.destroy();
    };
  }, [names, theme]);

  useEffect(() => plot.current?.setData(aligned(data)));

  return (
    <div className={styles.chart}>
      <div ref={frame} />
      <p className={styles.readout} aria-live="off">
        {hovered === null ? <Quiet data={data} /> : <Readout data={data} at={hovered} pool={pool} />}
      </p>
    </div>
  );
}

function Quiet({ data }: { readonly data: ChartData }) {
  const isEmpty = data.requests.every((row) => row.every((count) => count === 0));
  return isEmpty
    ? 'No requests yet: send some with Send traffic, or point a client at the address above.'
    : 'Hover the chart to read one second.';
}

function Readout({
  data,
  at,
  pool,
}: {
  readonly data: ChartData;
  readonly at: number;
  readonly pool: PoolSnapshot;
}) {
  const time = data.times[at];
  const p95 = data.p95Ms[at];
  return (
    <>
      {time === undefined ? '' : new Date(time * 1_000).toLocaleTimeString('en-GB')}
      {pool.backends.map((backend, index) => (
        <span key={backend.name} className={styles.reading}>
          <i style={{ background: backendColour(index) }} aria-hidden="true" />
          {backend.name} {data.requests[index]?.[at] ?? 0}/s
        </span>
      ))}
      <span className={styles.reading}>p95 {p95 === null || p95 === undefined ? '–' : formatMs(p95)}</span>
    </>
  );
}

/** uPlot draws series in order: the tallest stack first, so that the ones below lie over it. */
function aligned(data: ChartData): uPlot.AlignedData {
  return [data.times, ...data.stacked.toReversed(), data.p95Ms];
}

function options(
  names: readonly string[],
  element: HTMLElement,
  drawn: { readonly current: Drawn },
  onHover: (at: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const grid = { stroke: colour('--line'), width: 1 };
  const axis = { stroke: colour('--ink-3'), font: '11px Inter Variable', ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    padding: [10, 4, 0, 4],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.12)] },
      ms: { range: (_plot, _min, max) => [0, Math.max(10, max * 1.25)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        values: (_plot, ticks) => ticks.map((tick) => clock(tick)),
      },
      { ...axis, grid, size: 48, values: (_plot, ticks) => ticks.map((tick) => `${tick}/s`) },
      {
        ...axis,
        grid: { show: false },
        side: 1,
        scale: 'ms',
        size: 54,
        values: (_plot, ticks) => ticks.map((tick) => `${tick} ms`),
      },
    ],
    series: [
      {},
      ...names.toReversed().map((_, at): uPlot.Series => {
        const fill = backendColour(names.length - 1 - at);
        return { fill, stroke: fill, width: 1, points: { show: false } };
      }),
      {
        scale: 'ms',
        stroke: colour('--ink-1'),
        width: 1.3,
        dash: [4, 3],
        points: { show: false },
        spanGaps: false,
      },
    ],
    hooks: {
      setCursor: [(plot) => onHover(plot.cursor.idx ?? null)],
      draw: [(plot) => drawMarks(plot, drawn.current.marks, colour)],
    },
  };
}

function drawMarks(plot: uPlot, marks: readonly ChartMark[], colour: (token: string) => string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px Inter Variable`;
  ctx.textAlign = 'center';
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of marks) {
    const x = plot.valToPos(mark.time, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = colour(mark.isBad ? '--bad' : '--ink-3');
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const half = ctx.measureText(mark.words).width / 2;
    const centre = Math.min(Math.max(x, bbox.left + half), bbox.left + bbox.width - half);
    // Words that would run into the ones before are left out; the line stays.
    if (centre - half < free) continue;
    ctx.fillStyle = colour(mark.isBad ? '--bad' : '--ink-2');
    ctx.fillText(mark.words, centre, bbox.top - 2);
    free = centre + half + 8;
  }
  ctx.restore();
}

function clock(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString('en-GB');
}
