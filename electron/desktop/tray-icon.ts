/** How all backends that are meant to serve stand; `off` while the balancer is switched off. */
export type TrayHealth = 'up' | 'some' | 'down' | 'off';

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

export interface TrayInk {
  readonly mark: Colour;
  /** Of the cross that says that nothing serves. */
  readonly bad: Colour;
}

/** The mark of the window is drawn on a grid of this size. */
const GRID = 18;
const HALF_STROKE = 0.85;
const DISC = 2.7;
const ENDS = [3.4, 9, 14.6] as const;
const END_Y = 14.2;
/** Where the cross stands, how far it reaches, and how much around it is kept clear. */
const CROSS = { x: 13.6, y: 13.6, reach: 3, clear: 1.3 } as const;

/**
 * The mark, one track that becomes three, with its health in shapes: three discs for all up, a ring among them for some,
 * a cross for none, and rings without tracks while the balancer is off.
 *
 * @returns rows of pixels from the top, each blue, green, red and alpha, premultiplied: what NativeImage takes
 */
export function drawTrayIcon(health: TrayHealth, sizePx: number, ink: TrayInk): Buffer {
  const pixels = Buffer.alloc(sizePx * sizePx * 4);
  const perUnit = sizePx / GRID;
  /** From 0 to 1: how much of a pixel lies within a shape whose edge is so far away, inside below 0. */
  const cover = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance * perUnit));
  for (let row = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++) {
      const x = (column + 0.5) / perUnit;
      const y = (row + 0.5) / perUnit;
      const cross = health === 'down' ? toCross(x, y) : Number.POSITIVE_INFINITY;
      const mark = cover(toMark(x, y, health)) * (1 - cover(cross - CROSS.clear));
      put(pixels, (row * sizePx + column) * 4, blend(mark, ink.mark, cover(cross), ink.bad));
    }
  }
  return pixels;
}

function toMark(x: number, y: number, health: TrayHealth): number {
  const shapes = [toRing(x, y, 9, 3.4)];
  for (const [at, end] of ENDS.entries()) {
    const isFull = health === 'up' || (health === 'some' && at < 2);
    shapes.push(isFull ? Math.hypot(x - end, y - END_Y) - DISC : toRing(x, y, end, END_Y));
  }
  if (health !== 'off') shapes.push(toTracks(x, y));
  return Math.min(...shapes);
}

/** Both outer tracks are the same, mirrored. */
function toTracks(x: number, y: number): number {
  const mirrored = Math.min(x, GRID - x);
  const isInBend = mirrored < 5.4 && y < 10.6;
  const bend = isInBend ? Math.abs(Math.hypot(mirrored - 5.4, y - 10.6) - 2) : Number.POSITIVE_INFINITY;
  const straight = Math.min(
    toLine(x, y, [9, 5.4, 9, 12.2]),
    toLine(mirrored, y, [9, 8.6, 5.4, 8.6]),
    toLine(mirrored, y, [3.4, 10.6, 3.4, 12.2]),
  );
  return Math.min(bend, straight) - HALF_STROKE;
}

function toRing(x: number, y: number, centreX: number, centreY: number): number {
  return Math.abs(Math.hypot(x - centreX, y - centreY) - 2) - HALF_STROKE;
}

function toCross(x: number, y: number): number {
  const { x: midX, y: midY, reach } = CROSS;
  const down = toLine(x, y, [midX - reach, midY - reach, midX + reach, midY + reach]);
  const up = toLine(x, y, [midX - reach, midY + reach, midX + reach, midY - reach]);
  return Math.min(down, up) - HALF_STROKE * 1.3;
}

/** How far a point is from a line between two others. */
function toLine(x: number, y: number, [x1, y1, x2, y2]: readonly [number, number, number, number]): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

function blend(mark: number, markColour: Colour, cross: number, crossColour: Colour) {
  const under = mark * (1 - cross);
  const channel = (at: 0 | 1 | 2) => under * markColour[at] + cross * crossColour[at];
  return { red: channel(0), green: channel(1), blue: channel(2), alpha: (under + cross) * 255 };
}

function put(pixels: Buffer, at: number, { red, green, blue, alpha }: ReturnType<typeof blend>): void {
  for (const [offset, value] of [blue, green, red, alpha].entries()) pixels[at + offset] = Math.round(value);
}
