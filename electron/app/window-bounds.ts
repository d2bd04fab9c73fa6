import { readFileSync, writeFileSync } from 'node:fs';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const DEFAULT_SIZE = { width: 1280, height: 800 } as const;
export const MIN_SIZE = { width: 900, height: 600 } as const;

/** Where the window was, if that is still on a display; size within what the window can be. */
export function placeWindow(saved: Bounds | null, displays: readonly Bounds[]): Partial<Bounds> {
  if (!saved) return DEFAULT_SIZE;
  const width = Math.max(MIN_SIZE.width, Math.round(saved.width));
  const height = Math.max(MIN_SIZE.height, Math.round(saved.height));
  // A title bar that cannot be reached is a window that cannot be moved.
  const isReachable = displays.some(
    (display) =>
      saved.x + width > display.x + 100 &&
      saved.x < display.x + display.width - 100 &&
      saved.y >= display.y &&
      saved.y < display.y + display.height - 50,
  );
  return isReachable ? { x: Math.round(saved.x), y: Math.round(saved.y), width, height } : { width, height };
}

/** Null when there is none, or it is not what was written: the window then opens as if for the first time. */
export function loadBounds(path: string): Bounds | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isBounds(value) ? value : null;
  } catch {
    return null;
  }
}

export function saveBounds(path: string, bounds: Bounds): void {
  writeFileSync(path, JSON.stringify(bounds));
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false;
  return (['x', 'y', 'width', 'height'] as const).every((key) => Number.isFinite(Reflect.get(value, key)));
}
