import { type RefObject, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useApp } from '../stores/use-app.ts';
import { type ChartData, LINES, type LineName } from './chart-data.ts';
import type { ChartMark } from './chart-marks.ts';
import {
  AXIS_FONT,
  alignedData,
  CHART_HEIGHT,
  chartOptions,
  type Hovered,
  seriesOf,
} from './chart-options.ts';
import type { PlayedSpan } from './scenario-line.ts';

export interface Drawn {
  readonly data: ChartData;
  readonly marks: readonly ChartMark[];
  readonly lines: ReadonlySet<LineName>;
  /** The scenario that plays, or played last; null for none. */
  readonly played: PlayedSpan | null;
}

interface PlotRefs {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly plot: RefObject<uPlot | null>;
}

/** The chart on its canvas. Drawn anew when what it shows has changed, made anew with the theme and with more areas or fewer. */
export function usePlot(
  { data, marks, lines, played }: Drawn,
  onHover: (hovered: Hovered | null) => void,
): PlotRefs {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useApp((state) => state.drawnTheme);
  const bands = data.bands.length;
  const latest = useRef({ data, marks, lines, played });
  latest.current = { data, marks, lines, played };
  const drawnLines = useRef(lines);
  /** What is read out stays when the chart is made anew. */
  const cursor = useRef<{ readonly left: number; readonly top: number } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours follow the theme
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const options = chartOptions({
      bands,
      width: element.clientWidth,
      lines: latest.current.lines,
      bandAt: (place) => latest.current.data.bands[place] ?? 'others',
      isEmpty: () => latest.current.data.isEmpty,
      marks: () => latest.current.marks,
      played: () => latest.current.played,
      onHover: (hovered) => {
        cursor.current = hovered && { left: hovered.left, top: hovered.top };
        onHover(hovered);
      },
    });
    const readAt = cursor.current;
    const created = new uPlot(options, alignedData(latest.current.data), element);
    plot.current = created;
    // A canvas does not draw its words anew when their font has come.
    void document.fonts?.load(AXIS_FONT).then(() => plot.current?.redraw());
    if (readAt) created.setCursor(readAt);
    const resized = new ResizeObserver(() => {
      if (element.clientWidth === created.width) return;
      created.setSize({ width: element.clientWidth, height: CHART_HEIGHT });
      // The pointer is over another instant now.
      created.setCursor({ left: -10, top: -10 });
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      created.destroy();
      plot.current = null;
    };
  }, [bands, theme, onHover]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: marks and the scenario are drawn with the rest
  useEffect(() => plot.current?.setData(alignedData(data)), [data, marks, played]);

  useEffect(() => {
    for (const line of LINES) {
      const show = lines.has(line);
      if (drawnLines.current.has(line) === show) continue;
      for (const series of seriesOf(line, bands)) plot.current?.setSeries(series, { show });
    }
    drawnLines.current = lines;
  }, [lines, bands]);

  return { frame, plot };
}
