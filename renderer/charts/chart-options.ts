import type uPlot from 'uplot';
import { backendColour } from '../stores/backend-colours.ts';
import { formatCount } from '../stores/words.ts';
import type { ChartData } from './chart-data.ts';
import { type ChartMark, drawMarks } from './chart-marks.ts';

export const CHART_HEIGHT = 176;

/** One instant under the pointer. */
export interface Hovered {
  /** Which second. */
  readonly at: number;
  /** From the left edge of the chart, in pixels. */
  readonly left: number;
}

interface Wishes {
  readonly backends: number;
  readonly width: number;
  marks(): readonly ChartMark[];
  onHover(hovered: Hovered | null): void;
}

/** uPlot draws series in order: the tallest stack first, so that the ones below lie over it. */
export function alignedData(data: ChartData): uPlot.AlignedData {
  return [data.times, ...data.stacked.toReversed(), data.errors, data.p95Ms];
}

/** Areas a backend, a line for errors on the same axis, and p95 on the right one; labels stand beside the areas. */
export function chartOptions({ backends, width, marks, onHover }: Wishes): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const axis = { stroke: colour('--ink-3'), font: '11px Inter Variable', ticks: { show: false } };
  const line = { points: { show: false }, spanGaps: false };
  return {
    width,
    height: CHART_HEIGHT,
    legend: { show: false },
    padding: [20, 4, 0, 4],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.06)] },
      ms: { range: (_plot, _min, max) => [0, Math.max(10, max * 1.25)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 24, space: 90, values: (_plot, ticks) => ticks.map(clock) },
      {
        ...axis,
        grid: { stroke: colour('--line'), width: 1 },
        size: 58,
        space: 34,
        values: (_plot, ticks) => ticks.map((tick) => `${formatCount(tick)}/s`),
      },
      {
        ...axis,
        grid: { show: false },
        side: 1,
        scale: 'ms',
        size: 58,
        space: 34,
        values: (_plot, ticks) => ticks.map((tick) => `${formatCount(tick)} ms`),
      },
    ],
    series: [
      {},
      ...Array.from({ length: backends }, (_, at): uPlot.Series => {
        const fill = backendColour(backends - 1 - at);
        return { fill, stroke: fill, width: 1, points: { show: false } };
      }),
      { ...line, stroke: colour('--bad'), width: 2, points: { show: true, size: 5, fill: colour('--bad') } },
      { ...line, scale: 'ms', stroke: colour('--ink-1'), width: 1.3, dash: [4, 3] },
    ],
    hooks: {
      setCursor: [({ cursor: { idx, left } }) => onHover(hoveredAt(idx, left))],
      draw: [(plot) => drawMarks(plot, marks(), colour)],
    },
  };
}

function hoveredAt(at: number | null | undefined, left: number | undefined): Hovered | null {
  return at === null || at === undefined || left === undefined || left < 0 ? null : { at, left };
}

function clock(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString('en-GB');
}
