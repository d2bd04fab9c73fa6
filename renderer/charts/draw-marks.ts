import type uPlot from 'uplot';
import type { ChartMark, MarkKind } from './chart-marks.ts';

const LINE_TOKENS: Record<MarkKind, string> = {
  bad: '--bad',
  ok: '--ink-1',
  off: '--ink-1',
  simulated: '--simulated',
  plain: '--ink-1',
};
const WORD_TOKENS: Record<MarkKind, string> = {
  bad: '--bad',
  ok: '--ink-2',
  off: '--ink-2',
  simulated: '--simulated',
  plain: '--ink-2',
};
const SHAPE_TOKENS: Record<MarkKind, string> = {
  bad: '--bad',
  ok: '--ok',
  off: '--ink-3',
  simulated: '--simulated',
  plain: '--ink-2',
};
/** Half a shape. */
const REACH = 4;
/** Above the areas: the shapes with the first row of words, and how far up the second is. */
const HEADROOM = 9;
const ROW = 13;
const ROWS = [0, 1] as const;

/**
 * Dotted lines, each with the shape of its kind above the areas and its words beside that, in the first of two rows
 * with room for them. Words without room are left out, never shapes; the readout has all of them.
 */
export function drawMarks(plot: uPlot, marks: readonly ChartMark[], colour: (token: string) => string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const [left, right] = [bbox.left / ratio, (bbox.left + bbox.width) / ratio];
  const [top, bottom] = [bbox.top / ratio, (bbox.top + bbox.height) / ratio];
  // What happens within the last second lies behind its column.
  const placeOf = (mark: ChartMark) =>
    Math.round(Math.min(left + plot.valToPos(mark.time, 'x'), right - 1)) + 0.5;
  ctx.save();
  ctx.scale(ratio, ratio);
  ctx.font = '11px Inter Variable';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 1;
  const widths = marks.map((mark) => ctx.measureText(mark.words).width);
  const rooms = placeWords(
    marks.map((mark, index) => ({ x: placeOf(mark), width: widths[index] ?? 0, isBad: mark.kind === 'bad' })),
    { left, right },
  );
  marks.forEach((mark, index) => {
    const x = placeOf(mark);
    const room = rooms[index];
    const y = top - HEADROOM;
    ctx.setLineDash([2, 3]);
    ctx.strokeStyle = colour(LINE_TOKENS[mark.kind]);
    ctx.beginPath();
    ctx.moveTo(x, room ? y - room.row * ROW : y);
    ctx.lineTo(x, bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    if (room) {
      ctx.fillStyle = colour(WORD_TOKENS[mark.kind]);
      ctx.fillText(mark.words, room.x, y - room.row * ROW + 0.5);
    }
    drawShape(ctx, mark.kind, { x, y, colour: colour(SHAPE_TOKENS[mark.kind]) });
  });
  ctx.restore();
}

interface Room {
  readonly x: number;
  readonly row: number;
}

interface Written {
  readonly x: number;
  readonly width: number;
  readonly isBad: boolean;
}

/**
 * Where the words of each mark stand: behind it, else before it, in the first row where they meet nothing; null where
 * there is no room. Failures choose first. All in pixels, marks from left to right.
 */
export function placeWords(
  marks: readonly Written[],
  edges: { readonly left: number; readonly right: number },
): (Room | null)[] {
  const gap = REACH + 4;
  /** Shapes stand in the first row only; the lines that lead to words in the second are crossed by none of them. */
  const taken: [number, number][][] = [marks.map(({ x }) => [x - gap, x + gap]), []];
  const find = ({ x, width }: Written): Room | null => {
    for (const row of ROWS)
      for (const from of [x + gap, x - gap - width]) {
        const span: [number, number] = [from, from + width];
        const isFree = taken[row]?.every(([start, end]) => span[1] <= start || span[0] >= end) ?? false;
        if (!isFree || span[0] < edges.left - gap || span[1] > edges.right + gap) continue;
        taken[row]?.push([span[0] - gap, span[1] + gap]);
        return { x: from, row };
      }
    return null;
  };
  const rooms = new Map<Written, Room | null>();
  for (const mark of [...marks.filter(({ isBad }) => isBad), ...marks.filter(({ isBad }) => !isBad)])
    rooms.set(mark, find(mark));
  return marks.map((mark) => rooms.get(mark) ?? null);
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

/** The same shapes as everywhere: diamond, disc, ring, triangle; a bar for the rest. */
function drawShape(ctx: CanvasRenderingContext2D, kind: MarkKind, { x, y, colour }: Place): void {
  ctx.beginPath();
  if (kind === 'bad') polygon(ctx, [x, y - 5, x + 5, y, x, y + 5, x - 5, y]);
  else if (kind === 'simulated') polygon(ctx, [x, y - 4.5, x + 5, y + 4, x - 5, y + 4]);
  else if (kind === 'plain') ctx.rect(x - 1, y - REACH, 2, 2 * REACH);
  else ctx.arc(x, y, kind === 'off' ? 3.3 : REACH, 0, 2 * Math.PI);
  if (kind === 'off') {
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.lineWidth = 1;
    return;
  }
  ctx.fillStyle = colour;
  ctx.fill();
}

function polygon(ctx: CanvasRenderingContext2D, points: readonly number[]): void {
  for (let at = 0; at < points.length; at += 2) ctx.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  ctx.closePath();
}
