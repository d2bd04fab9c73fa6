import type { IncidentReport, ScenarioReport } from '../../../shared/view/scenario-report.ts';
import { escapeMarkup } from './markup.ts';

const WIDTH = 900;
const LEFT = 170;
const ROW = 26;
const BAR = 12;
const TOP = 20;
/** Names longer than the gutter is wide. */
const MOST_LETTERS = 24;
const MOST_TICKS = 40;

/** When each backend was broken, how long nobody knew, and how long it was out: a bar for each incident. */
export function timelineSvg({ durationMs, steps, incidents }: ScenarioReport): string {
  const rows = [...new Set(incidents.map(keyOf))];
  if (rows.length === 0) return '';
  const spanMs = Math.max(1, durationMs);
  const x = (ms: number) => LEFT + (Math.min(spanMs, Math.max(0, ms)) / spanMs) * (WIDTH - LEFT - 10);
  const height = TOP + rows.length * ROW + 22;
  const bottom = TOP + rows.length * ROW;
  const ticks = steps.slice(0, MOST_TICKS).map(({ atMs, words }) => {
    const at = x(atMs).toFixed(1);
    const line = `<line class="tick" x1="${at}" y1="${TOP - 8}" x2="${at}" y2="${bottom}"/>`;
    return `<g>${line}<title>${escapeMarkup(words)}</title></g>`;
  });
  const tracks = rows.map((row, index) => {
    const y = TOP + index * ROW;
    const name = row.length > MOST_LETTERS ? `${row.slice(0, MOST_LETTERS - 1)}…` : row;
    const bars = incidents.filter((one) => keyOf(one) === row).map((one) => barsOf(one, y + 6, spanMs, x));
    return `<text class="name" x="0" y="${y + 16}">${escapeMarkup(name)}</text><rect class="track" x="${LEFT}" y="${y + 6}" width="${WIDTH - LEFT - 10}" height="${BAR}" rx="3"/>${bars.join('')}`;
  });
  const axis = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    const at = x(share * spanMs).toFixed(1);
    return `<text x="${at}" y="${bottom + 16}" text-anchor="${anchor}">${((share * spanMs) / 1_000).toFixed(1)} s</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="When each backend was broken">${tracks.join('')}${ticks.join('')}${axis.join('')}</svg>`;
}

function barsOf(incident: IncidentReport, y: number, spanMs: number, x: (ms: number) => number): string {
  const { brokenAtMs, detectedAfterMs, recoveredAfterMs, isSimulated, cause } = incident;
  const end = recoveredAfterMs === null ? spanMs : brokenAtMs + recoveredAfterMs;
  const detected = detectedAfterMs === null ? end : Math.min(end, brokenAtMs + detectedAfterMs);
  const kind = isSimulated ? 'simulated ' : '';
  const bar = (name: string, from: number, to: number) =>
    to <= from
      ? ''
      : `<rect class="${kind}${name}" x="${x(from).toFixed(1)}" y="${y}" width="${Math.max(1.5, x(to) - x(from)).toFixed(1)}" height="${BAR}" rx="2"><title>${escapeMarkup(cause)}</title></rect>`;
  return bar('out', detected, end) + bar('undetected', brokenAtMs, detected);
}

function keyOf({ pool, backend }: IncidentReport): string {
  return `${pool}/${backend}`;
}
