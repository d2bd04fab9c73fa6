export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const DEFAULT_SIZE = { width: 1280, height: 800 } as const;
export const MIN_SIZE = { width: 900, height: 600 } as const;
/** So much of a window's top has to be on a display for it to be taken hold of there. */
const GRIP = { width: 100, height: 40 } as const;

/**
 * Where to open: as it was left, made to fit the display it was on. One whose title bar would be out of reach,
 * because its display is gone, is placed anew by the system.
 *
 * @param displays the work areas of those that are there now, the first one first
 */
export function placeWindow(saved: Bounds | null, displays: readonly Bounds[]): Partial<Bounds> {
  const display = saved ? displays.find((one) => isWithinReach(saved, one)) : undefined;
  const { width, height } = fitTo(saved ?? DEFAULT_SIZE, display ?? displays[0]);
  if (!saved || !display) return { width, height };
  return {
    x: Math.round(clamp(saved.x, display.x, display.x + display.width - width)),
    y: Math.round(clamp(saved.y, display.y, display.y + display.height - height)),
    width,
    height,
  };
}

function isWithinReach({ x, y, width }: Bounds, display: Bounds): boolean {
  const overlap = Math.min(x + width, display.x + display.width) - Math.max(x, display.x);
  return overlap >= GRIP.width && y >= display.y && y <= display.y + display.height - GRIP.height;
}

/** The least size wins over a display smaller than that. */
function fitTo(size: { readonly width: number; readonly height: number }, display: Bounds | undefined) {
  const side = (key: 'width' | 'height') =>
    Math.round(Math.max(MIN_SIZE[key], Math.min(size[key], display?.[key] ?? Number.POSITIVE_INFINITY)));
  return { width: side('width'), height: side('height') };
}

function clamp(value: number, from: number, to: number): number {
  return Math.max(from, Math.min(value, to));
}
