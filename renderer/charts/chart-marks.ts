import type uPlot from 'uplot';
import type { EngineEvent } from '../../shared/engine-event.ts';

export interface ChartMark {
  /** Seconds since the epoch. */
  readonly time: number;
  readonly words: string;
  /** The same with the reason, for who looks closer. */
  readonly detail: string;
  readonly kind: 'plain' | 'bad' | 'simulated';
}

type Words = Omit<ChartMark, 'time'>;

/** What happened to this pool, as marks on the time axis. */
export function chartMarks(events: readonly EngineEvent[], pool: string, from: number): ChartMark[] {
  const marks: ChartMark[] = [];
  for (const event of events) {
    const time = event.at / 1_000;
    const words = time < from ? null : wordsOf(event, pool);
    if (words) marks.push({ time, ...words });
  }
  return marks;
}

const ADMIN_WORDS = { enabled: 'on', draining: 'draining', disabled: 'off' } as const;

function wordsOf(event: EngineEvent, pool: string): Words | null {
  if ('pool' in event && event.pool !== pool) return null;
  switch (event.kind) {
    case 'backend-down':
      return bad(`${event.backend} down`, event.reason);
    case 'backend-up':
      return plain(`${event.backend} back`, `after ${Math.round(event.downMs / 1_000)} s`);
    case 'backend-ejected':
      return bad(`${event.backend} ejected`, event.reason);
    case 'backend-returned':
      return plain(`${event.backend} back`, `after ${Math.round(event.afterMs / 1_000)} s out`);
    case 'admin':
      return plain(`${event.backend} ${ADMIN_WORDS[event.state]}`, 'by you');
    case 'health-forced':
      return plain(
        `${event.backend} ${event.forced === null ? 'not forced' : `forced ${event.forced}`}`,
        'by you',
      );
    case 'faults-set':
      if (event.faults.length === 0) return simulated(`${event.backend} mended`, 'faults cleared');
      return simulated(`${event.backend} fault`, event.faults.join('; '));
    case 'fault-over':
      return simulated(`${event.backend} mended`, `${event.fault} is over`);
    case 'config-applied':
      return plain('config', event.summary);
    case 'engine-restarted':
      return bad('engine restarted', event.reason);
    case 'scenario':
      return simulated(event.words, `scenario ${event.scenario}`);
    case 'incident':
    case 'listening':
    case 'listener-failed':
      return null;
  }
}

const plain = (words: string, why: string): Words => ({ words, detail: `${words}: ${why}`, kind: 'plain' });
const bad = (words: string, why: string): Words => ({ words, detail: `${words}: ${why}`, kind: 'bad' });
const simulated = (words: string, why: string): Words => ({
  words,
  detail: `${words}: ${why}`,
  kind: 'simulated',
});

const LINE_TOKENS = { plain: '--ink-1', bad: '--bad', simulated: '--simulated' } as const;
const WORD_TOKENS = { ...LINE_TOKENS, plain: '--ink-2' } as const;

/** Dotted lines with their words above the areas. Words that would run into the ones before are left out. */
export function drawMarks(plot: uPlot, marks: readonly ChartMark[], colour: (token: string) => string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px Inter Variable`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of marks) {
    const x = Math.round(plot.valToPos(mark.time, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = colour(LINE_TOKENS[mark.kind]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const half = ctx.measureText(mark.words).width / 2;
    const centre = Math.min(Math.max(x, bbox.left + half), bbox.left + bbox.width - half);
    if (centre - half < free) continue;
    ctx.fillStyle = colour(WORD_TOKENS[mark.kind]);
    ctx.fillText(mark.words, centre, bbox.top - 3 * ratio);
    free = centre + half + 8 * ratio;
  }
  ctx.restore();
}
