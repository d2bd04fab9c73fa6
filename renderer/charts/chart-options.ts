import type uPlot from 'uplot';
import { formatCount } from '../stores/words.ts';
import { type AreaLook, areaLook } from './area-fill.ts';
import type { Band } from './chart-bands.ts';
import { type ChartData, LINES, type LineName } from './chart-data.ts';
import { GUTTER, PADDING } from './chart-gutter.ts';
import type { ChartMark } from './chart-marks.ts';
import { clockTime } from './chart-words.ts';
import { drawMarks } from './draw-marks.ts';
import { drawScenario, type PlayedSpan } from './scenario-line.ts';

export const CHART_HEIGHT = 200;

/** One instant under the pointer. */
export interface Hovered {
  /** Which column. */
  readonly at: number;
  /** From the left and the upper edge of the areas, in pixels. */
  readonly left: number;
  readonly top: number;
  /** The height of the pointer, in requests a second. */
  readonly height: number;
}

interface Wishes {
  /** How many areas. */
  readonly bands: number;
  readonly width: number;
  readonly lines: ReadonlySet<LineName>;
  bandAt(place: number): Band;
  /** Areas of nothing would be a line in one of their colours. */
  isEmpty(): boolean;
  marks(): readonly ChartMark[];
  played(): PlayedSpan | null;
  onHover(hovered: Hovered | null): void;
}

/**
 * uPlot draws series in order: the tallest stack first, so that the ones below lie over it; then each line twice, the
 * first time wider in the colour of the card, so that it stands out from whatever area is behind it.
 */
export function alignedData(data: ChartData): uPlot.AlignedData {
  const floor = data.times.map((_, at) => (at === 0 ? 0 : null));
  const lines = LINES.flatMap((name) => [[...data.lines[name]], [...data.lines[name]]]);
  return [[...data.times], ...data.stacked.map((row) => [...row]).reverse(), floor, ...lines];
}

/** Which series of the chart a line is. */
export function seriesOf(line: LineName, bands: number): readonly number[] {
  const first = 1 + bands + 1 + 2 * LINES.indexOf(line);
  return [first, first + 1];
}

/** How each latency is dashed: told apart without colours. The legend draws the same. */
export const DASHES: Readonly<Record<LineName, readonly number[]>> = {
  errors: [],
  p50: [1.5, 3],
  p95: [6, 3],
  p99: [],
};

export const AXIS_FONT = '11px Inter Variable';

/** Between two labels of an axis: whole numbers. */
const STEPS = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((power) => [1, 2, 5].map((one) => one * 10 ** power));

/** Areas of backends, a line for errors on the same axis, and latencies on the right one; labels stand beside the areas. */
export function chartOptions({
  bands,
  width,
  lines,
  bandAt,
  isEmpty,
  marks,
  played,
  onHover,
}: Wishes): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const axis = { stroke: colour('--ink-3'), font: AXIS_FONT, ticks: { show: false } };
  const grid = { stroke: colour('--line'), width: 1 };
  const looks = new Map<Band, AreaLook>();
  const lookOf = (band: Band) => {
    const look =
      looks.get(band) ?? areaLook(band, { background: colour('--card'), others: colour('--ink-3') });
    looks.set(band, look);
    return look;
  };
  const beside = { ...axis, size: GUTTER, space: 34, incrs: STEPS };
  return {
    width,
    height: CHART_HEIGHT,
    legend: { show: false },
    padding: [34, PADDING, 0, PADDING],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.06)] },
      ms: { range: (_plot, _min, max) => [0, Math.max(10, max * 1.25)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 24, space: 90, values: (_plot, ticks) => ticks.map(clockTime) },
      { ...beside, grid, values: (_plot, ticks) => ticks.map((tick) => `${formatCount(tick)}/s`) },
      {
        ...beside,
        grid: { show: false },
        side: 1,
        scale: 'ms',
        values: (_plot, ticks) => ticks.map((tick) => `${formatCount(tick)} ms`),
      },
    ],
    series: [
      {},
      ...Array.from({ length: bands }, (_, at): uPlot.Series => {
        const look = () => lookOf(bandAt(bands - 1 - at));
        return {
          fill: () => look().fill,
          stroke: () => (isEmpty() ? grid.stroke : look().edge),
          width: 1.2,
          points: { show: false },
        };
      }),
      // Keeps the right axis in its place while there are no latencies.
      { scale: 'ms', points: { show: false } },
      ...LINES.flatMap((name) => lineSeries(name, lines.has(name), colour)),
    ],
    hooks: {
      setCursor: [(plot) => onHover(hoveredIn(plot))],
      draw: [
        (plot) => drawScenario(plot, played(), colour('--simulated')),
        (plot) => drawMarks(plot, marks(), colour),
      ],
    },
  };
}

function lineSeries(name: LineName, show: boolean, colour: (token: string) => string): uPlot.Series[] {
  const isErrors = name === 'errors';
  const stroke = colour(isErrors ? '--bad' : '--ink-1');
  const width = isErrors ? 2 : 1.4;
  const size = isErrors ? 5 : 2.5;
  const common = { show, scale: isErrors ? 'y' : 'ms', spanGaps: false };
  const halo = colour('--card');
  return [
    { ...common, stroke: halo, width: width + 2, points: { show: isErrors, size: size + 3, fill: halo } },
    {
      ...common,
      stroke,
      width,
      dash: [...DASHES[name]],
      points: { show: isErrors, size, fill: stroke, ...(isErrors ? {} : { filter: aloneIn }) },
    },
  ];
}

/** Seconds with a value between two without: a line does not show them. */
function aloneIn(plot: uPlot, series: number): number[] | null {
  const row = plot.data[series] ?? [];
  const isThere = (at: number) => typeof row[at] === 'number';
  const alone = Array.from(row, (_, at) => at).filter(
    (at) => isThere(at) && !isThere(at - 1) && !isThere(at + 1),
  );
  return alone.length === 0 ? null : alone;
}

function hoveredIn(plot: uPlot): Hovered | null {
  const { idx, left, top = 0 } = plot.cursor;
  if (idx === null || idx === undefined || left === undefined || left < 0) return null;
  return { at: idx, left, top, height: plot.posToVal(top, 'y') };
}
