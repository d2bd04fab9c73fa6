import type { Theme } from '../../shared/contract.ts';

const THEME = 'theme';
const RAIL = 'rail';

export function loadTheme(): Theme {
  const saved = localStorage.getItem(THEME);
  return saved === 'light' || saved === 'dark' ? saved : 'system';
}

export function saveTheme(theme: Theme): void {
  localStorage.setItem(THEME, theme);
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
  localStorage.setItem(RAIL, isCollapsed ? 'collapsed' : 'open');
}
