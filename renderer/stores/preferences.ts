import type { Theme } from '../../shared/calls/contract.ts';
import { LINES, type LineName } from '../charts/chart-data.ts';
import { keep } from './keep.ts';

const THEME = 'theme';
const RAIL = 'rail';
const DEMO_STRIP = 'demo-strip';
const CONFIG_VIEW = 'config-view';
const CHART_LINES = 'chart-lines';
const CHART_MINUTES = 'chart-minutes';

/** What the config screen shows: the form, the JSON, or both side by side. */
export type ConfigView = 'form' | 'both' | 'json';

export function loadConfigView(): ConfigView {
  const saved = localStorage.getItem(CONFIG_VIEW);
  return saved === 'form' || saved === 'json' ? saved : 'both';
}

export function saveConfigView(view: ConfigView): void {
  keep(CONFIG_VIEW, view);
}

export type ChartMinutes = '1' | '5' | '15';

export function loadTheme(): Theme {
  const saved = localStorage.getItem(THEME);
  return saved === 'light' || saved === 'dark' ? saved : 'system';
}

export function saveTheme(theme: Theme): void {
  keep(THEME, theme);
}

/** The theme to draw, once the system has been asked. */
export function resolveTheme(theme: Theme, isSystemDark: boolean): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return isSystemDark ? 'dark' : 'light';
}

export function loadRailCollapsed(): boolean {
  return localStorage.getItem(RAIL) === 'collapsed';
}

export function saveRailCollapsed(isCollapsed: boolean): void {
  keep(RAIL, isCollapsed ? 'collapsed' : 'open');
}

export function loadChartLines(): ReadonlySet<LineName> {
  const saved = localStorage.getItem(CHART_LINES);
  const names = saved === null ? ['errors', 'p95'] : saved.split(' ');
  return new Set(LINES.filter((line) => names.includes(line)));
}

export function saveChartLines(lines: ReadonlySet<LineName>): void {
  keep(CHART_LINES, [...lines].join(' '));
}

export function loadChartMinutes(): ChartMinutes {
  const saved = localStorage.getItem(CHART_MINUTES);
  return saved === '5' || saved === '15' ? saved : '1';
}

export function saveChartMinutes(minutes: ChartMinutes): void {
  keep(CHART_MINUTES, minutes);
}

export function loadDemoStripHidden(): boolean {
  return localStorage.getItem(DEMO_STRIP) === 'hidden';
}

export function saveDemoStripHidden(): void {
  keep(DEMO_STRIP, 'hidden');
}
