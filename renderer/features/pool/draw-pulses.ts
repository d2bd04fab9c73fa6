import type { Dot } from './pulse-field.ts';

/** Where the bar of a lane is on the canvas, in pixels. */
export interface LanePlace {
  readonly left: number;
  readonly middle: number;
  readonly length: number;
}

export interface PulseColours {
  readonly plain: string;
  readonly failed: string;
  readonly edge: string;
}

const RADIUS = 3;
/** Dots of one strength are filled at once: so many strengths are told apart. */
const STRENGTHS = 6;

/** All dots on the canvas, which is cleared before: discs, and diamonds for those that have failed. */
export function drawPulses(
  canvas: OffscreenCanvas,
  dots: readonly Dot[],
  places: ReadonlyMap<string, LanePlace>,
  colours: PulseColours,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, canvas.width / ratio, canvas.height / ratio);
  for (let strength = 1; strength <= STRENGTHS; strength++) {
    const some = dots.filter(({ alpha }) => Math.ceil(alpha * STRENGTHS) === strength);
    if (some.length === 0) continue;
    context.globalAlpha = strength / STRENGTHS;
    const disc = new Path2D();
    const diamond = new Path2D();
    for (const { lane, progress, hasFailed } of some) {
      const place = places.get(lane);
      if (!place) continue;
      const x = place.left + RADIUS + progress * Math.max(0, place.length - 2 * RADIUS);
      if (hasFailed) addDiamond(diamond, x, place.middle);
      else {
        disc.moveTo(x + RADIUS, place.middle);
        disc.arc(x, place.middle, RADIUS, 0, 2 * Math.PI);
      }
    }
    // An edge, or a light dot would be lost on a light bar.
    context.lineWidth = 2;
    context.strokeStyle = colours.edge;
    context.stroke(disc);
    context.stroke(diamond);
    context.fillStyle = colours.plain;
    context.fill(disc);
    context.fillStyle = colours.failed;
    context.fill(diamond);
  }
}

function addDiamond(path: Path2D, x: number, y: number): void {
  const reach = RADIUS + 2;
  path.moveTo(x, y - reach);
  path.lineTo(x + reach, y);
  path.lineTo(x, y + reach);
  path.lineTo(x - reach, y);
  path.closePath();
}
