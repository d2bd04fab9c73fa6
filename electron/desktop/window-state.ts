import { readFile } from 'node:fs/promises';
import { writeFile } from 'atomically';
import type { Theme } from '../../shared/calls/contract.ts';
import type { Bounds } from './window-bounds.ts';

/** What the window looked like when it was last closed. */
export interface WindowState {
  /** Null before it was ever closed. */
  readonly bounds: Bounds | null;
  readonly isMaximized: boolean;
  readonly theme: Theme;
}

export const FIRST_STATE: WindowState = { bounds: null, isMaximized: false, theme: 'system' };

/** Whatever cannot be read, or is not what was written, is as if it had never been. */
export async function loadWindowState(path: string): Promise<WindowState> {
  try {
    return parseWindowState(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return FIRST_STATE;
  }
}

/** A window that cannot be remembered is no reason to bother anybody. */
export async function saveWindowState(path: string, state: WindowState): Promise<void> {
  await writeFile(path, `${JSON.stringify(state)}\n`, { mode: 0o600 }).catch(() => undefined);
}

export function parseWindowState(value: unknown): WindowState {
  if (typeof value !== 'object' || value === null) return FIRST_STATE;
  const bounds: unknown = Reflect.get(value, 'bounds');
  const theme: unknown = Reflect.get(value, 'theme');
  return {
    bounds: isBounds(bounds) ? bounds : null,
    isMaximized: Reflect.get(value, 'isMaximized') === true,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  };
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false;
  return ['x', 'y', 'width', 'height'].every((key) => Number.isFinite(Reflect.get(value, key)));
}
