import { describe, expect, it } from 'vitest';
import { type Bounds, placeWindow } from '../../../electron/desktop/window-bounds.ts';

const bounds = (x: number, y: number, width: number, height: number): Bounds => ({ x, y, width, height });
const LAPTOP = bounds(0, 25, 1440, 875);
const RIGHT = bounds(1440, 0, 2560, 1440);

const PLACES: readonly {
  readonly when: string;
  readonly saved: Bounds | null;
  readonly displays: readonly Bounds[];
  readonly placed: Partial<Bounds>;
}[] = [
  {
    when: 'opened for the first time',
    saved: null,
    displays: [LAPTOP],
    placed: { width: 1280, height: 800 },
  },
  {
    when: 'opened for the first time on a small display',
    saved: null,
    displays: [bounds(0, 0, 1024, 728)],
    placed: { width: 1024, height: 728 },
  },
  {
    when: 'left on a display that is there',
    saved: bounds(1600, 100, 1300, 900),
    displays: [LAPTOP, RIGHT],
    placed: bounds(1600, 100, 1300, 900),
  },
  {
    when: 'left on a display that is gone',
    saved: bounds(1600, 100, 1300, 900),
    displays: [LAPTOP],
    placed: { width: 1300, height: 875 },
  },
  {
    when: 'left partly outside',
    saved: bounds(1000, 500, 1000, 700),
    displays: [LAPTOP],
    placed: bounds(440, 200, 1000, 700),
  },
  {
    when: 'left with its title bar above the display',
    saved: bounds(100, -200, 1000, 700),
    displays: [LAPTOP],
    placed: { width: 1000, height: 700 },
  },
  {
    when: 'left all but out of sight on one side',
    saved: bounds(-950, 100, 1000, 700),
    displays: [LAPTOP],
    placed: { width: 1000, height: 700 },
  },
  {
    when: 'left larger than the display is now',
    saved: bounds(0, 25, 3000, 2000),
    displays: [LAPTOP],
    placed: bounds(0, 25, 1440, 875),
  },
  {
    when: 'left smaller than it may be',
    saved: bounds(10, 30, 300, 200),
    displays: [LAPTOP],
    placed: bounds(10, 30, 900, 600),
  },
  {
    when: 'left at a fraction of a pixel',
    saved: bounds(10.4, 30.6, 1000.5, 700.2),
    displays: [LAPTOP],
    placed: bounds(10, 31, 1001, 700),
  },
  {
    when: 'left on a display left of the first',
    saved: bounds(-1900, 50, 1000, 700),
    displays: [LAPTOP, bounds(-1920, 0, 1920, 1080)],
    placed: bounds(-1900, 50, 1000, 700),
  },
  {
    when: 'no display is known',
    saved: bounds(10, 30, 1000, 700),
    displays: [],
    placed: { width: 1000, height: 700 },
  },
];

describe('the window', () => {
  it.each(PLACES)('$when opens at $placed', ({ saved, displays, placed }) => {
    expect(placeWindow(saved, displays)).toEqual(placed);
  });
});
