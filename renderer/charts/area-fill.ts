import { backendColour, COLOURS_KNOWN } from '../stores/backend-colours.ts';
import type { Band } from './chart-bands.ts';

/** Part of the colour in what is drawn of an area: its edge stands out from it. */
const STRENGTH = 0.82;
const TILE = 8;

export interface AreaLook {
  readonly edge: string;
  readonly fill: string | CanvasPattern;
}

interface Ground {
  readonly background: string;
  /** Of those that have no area of their own: of no backend's colour. */
  readonly others: string;
}

/** How the area of a backend looks on this background: when the colours have all been used, they come again with stripes. */
export function areaLook(band: Band, { background, others }: Ground): AreaLook {
  if (band === 'others')
    return { edge: mixed(others, background, 0.55), fill: mixed(others, background, 0.24) };
  const edge = backendColour(band);
  const plain = mixed(edge, background, STRENGTH);
  const round = Math.floor(band / COLOURS_KNOWN);
  return { edge, fill: round === 0 ? plain : striped(plain, mixed(edge, background, 0.45), round) };
}

/** @param share of the first, 0 to 1. Both as `#rrggbb` or `#rgb` */
export function mixed(one: string, other: string, share: number): string {
  const [from, to] = [channels(one), channels(other)];
  const mixture = from.map((value, at) => Math.round(value * share + (to[at] ?? 0) * (1 - share)));
  return `#${mixture.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The build shortens colours where it can. */
function channels(colour: string): number[] {
  const digits = colour.length === 4 ? 1 : 2;
  return [0, 1, 2].map((at) => {
    const written = colour.slice(1 + at * digits, 1 + (at + 1) * digits);
    return Number.parseInt(digits === 1 ? written + written : written, 16);
  });
}

/** Stripes of another direction each round. */
function striped(ground: string, stripe: string, round: number): string | CanvasPattern {
  const tile = document.createElement('canvas');
  tile.width = TILE;
  tile.height = TILE;
  const ctx = tile.getContext('2d');
  if (!ctx) return ground;
  ctx.fillStyle = ground;
  ctx.fillRect(0, 0, TILE, TILE);
  ctx.strokeStyle = stripe;
  ctx.lineWidth = 2;
  ctx.beginPath();
  for (const shift of [-TILE, 0, TILE]) {
    if (round % 3 === 1) line(ctx, [shift, TILE, shift + TILE, 0]);
    else if (round % 3 === 2) line(ctx, [shift, 0, shift + TILE, TILE]);
    else line(ctx, [0, TILE / 2, TILE, TILE / 2]);
  }
  ctx.stroke();
  return ctx.createPattern(tile, 'repeat') ?? ground;
}

type Ends = readonly [number, number, number, number];

function line(ctx: CanvasRenderingContext2D, [fromX, fromY, toX, toY]: Ends): void {
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
}
