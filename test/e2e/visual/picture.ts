import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { ROOT } from '../support/launch.ts';
import { palettePng } from './palette-png.ts';

const BASELINES = join(ROOT, 'test/e2e/visual/baselines');
const SCREENSHOTS = join(ROOT, 'test/e2e/screenshots');
/** How far two colours may be from each other, 0 to 1. Edges of letters are drawn a little otherwise by each Electron. */
const COLOUR_TOLERANCE = 0.15;
/** Squares of so many pixels are looked at by themselves: noise is thin everywhere, what has moved is dense somewhere. */
const SQUARE = 32;
const MOST_IN_A_SQUARE = 40;

export interface Difference {
  /** Pixels of other colours, in the whole picture. */
  readonly pixels: number;
  /** And in the square that has the most of them. */
  readonly inASquare: number;
  readonly picture: PNG;
}

/** @returns where two pictures differ by more than drawing does; null where they do not. The same size is a must. */
export function differenceOf(baseline: PNG, actual: PNG): Difference | null {
  const { width, height } = baseline;
  if (actual.width !== width || actual.height !== height)
    return { pixels: width * height, inASquare: SQUARE * SQUARE, picture: actual };
  const options = { threshold: COLOUR_TOLERANCE };
  const mask = new PNG({ width, height });
  const pixels = pixelmatch(baseline.data, actual.data, mask.data, width, height, {
    ...options,
    diffMask: true,
  });
  const inASquare = pixels <= MOST_IN_A_SQUARE ? pixels : densest(mask);
  if (inASquare <= MOST_IN_A_SQUARE) return null;
  const picture = new PNG({ width, height });
  pixelmatch(baseline.data, actual.data, picture.data, width, height, options);
  return { pixels, inASquare, picture };
}

/** Of all squares, also those that lie across the lines between others. */
function densest({ width, height, data }: PNG): number {
  let most = 0;
  const half = SQUARE / 2;
  for (let top = 0; top < height; top += half)
    for (let left = 0; left < width; left += half) {
      let count = 0;
      for (let y = top; y < Math.min(height, top + SQUARE); y++)
        for (let x = left; x < Math.min(width, left + SQUARE); x++)
          if ((data[(y * width + x) * 4 + 3] ?? 0) > 0) count++;
      most = Math.max(most, count);
    }
  return most;
}

/**
 * Compares with what was accepted before, or accepts it where that is wanted.
 *
 * @returns what is wrong, in words; null when nothing is
 */
export function compareWithBaseline(name: string, taken: Buffer): string | null {
  const path = join(BASELINES, `${name}.png`);
  const actual = PNG.sync.read(taken);
  if (process.env['SWITCHYARD_ACCEPT_PICTURES'] === '1') {
    const isSame = existsSync(path) && differenceOf(PNG.sync.read(readFileSync(path)), actual) === null;
    if (!isSame) writeFileSync(path, palettePng(actual));
    return null;
  }
  mkdirSync(SCREENSHOTS, { recursive: true });
  const keep = (kind: string, bytes: Buffer) => {
    const kept = join(SCREENSHOTS, `visual-${name}-${kind}.png`);
    writeFileSync(kept, bytes);
    return kept;
  };
  if (!existsSync(path)) return `${name} has no baseline yet: see ${keep('actual', taken)}; ${HOW_TO_ACCEPT}`;
  const difference = differenceOf(PNG.sync.read(readFileSync(path)), actual);
  if (!difference) return null;
  const seen = keep('actual', taken);
  const marked = keep('difference', PNG.sync.write(difference.picture));
  return `${name} looks otherwise than before, in ${difference.pixels} pixels: see ${seen} and ${marked}; ${HOW_TO_ACCEPT}`;
}

const HOW_TO_ACCEPT = 'if it is meant to look like this, accept it with npm run visual -- --update';
