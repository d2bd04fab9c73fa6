import type { EngineEvent } from '../../shared/view/engine-event.ts';
import { formatAge } from '../stores/words.ts';
import type { ChartSpan } from './chart-data.ts';

export interface ChartMark {
  /** Seconds since the epoch. */
  readonly time: number;
  readonly words: string;
  /** The same with the reason, for who looks closer. */
  readonly detail: string;
  readonly kind: MarkKind;
}

/** Each with a shape of its own: a failure, what has come back, what you took out, what is simulated, and the rest. */
export type MarkKind = 'bad' | 'ok' | 'off' | 'simulated' | 'plain';

type Words = Omit<ChartMark, 'time'>;

/** What happened to this pool in what is shown, as marks on the time axis. */
export function chartMarks(
  events: readonly EngineEvent[],
  pool: string,
  { end, seconds }: ChartSpan,
): ChartMark[] {
  const marks: ChartMark[] = [];
  for (const event of events) {
    const time = event.at / 1_000;
    // The last column stands for all of its second.
    const words = time < end - seconds || time >= end ? null : wordsOf(event, pool);
    if (words) marks.push({ time, ...words });
  }
  return marks;
}

const ADMIN_WORDS = { enabled: 'on', draining: 'draining', disabled: 'off' } as const;
const ADMIN_KINDS = { enabled: 'ok', draining: 'off', disabled: 'off' } as const;

function wordsOf(event: EngineEvent, pool: string): Words | null {
  if ('pool' in event && event.pool !== pool) return null;
  switch (event.kind) {
    case 'backend-down':
      return mark('bad', `${event.backend} down`, event.reason);
    case 'tries-anyway':
      return event.isOn ? mark('bad', 'all down', 'requests are tried anyway') : null;
    case 'backend-up':
      return mark('ok', `${event.backend} back`, `after ${formatAge(event.downMs)}`);
    case 'backend-ejected':
      return mark('bad', `${event.backend} ejected`, event.reason);
    case 'backend-returned':
      return mark('ok', `${event.backend} back`, `after ${formatAge(event.afterMs)} out`);
    case 'admin':
      return mark(ADMIN_KINDS[event.state], `${event.backend} ${ADMIN_WORDS[event.state]}`, 'by you');
    case 'health-forced':
      return mark(
        'plain',
        `${event.backend} ${event.forced === null ? 'not forced' : `forced ${event.forced}`}`,
        'by you',
      );
    case 'faults-set':
      if (event.faults.length === 0) return mark('simulated', `${event.backend} mended`, 'faults cleared');
      return mark('simulated', `${event.backend} fault`, event.faults.join('; '));
    case 'fault-over':
      return mark('simulated', `${event.backend} mended`, `${event.fault} is over`);
    case 'config-applied':
      return mark('plain', 'config', event.summary);
    case 'engine-restarted':
      return mark('bad', 'engine restarted', event.reason);
    case 'scenario':
      return mark('simulated', event.words, `scenario ${event.scenario}`);
    case 'backend-still-down':
    case 'backend-busy':
    case 'backend-unreachable':
    case 'incident':
    case 'listening':
    case 'listener-failed':
      return null;
  }
}

function mark(kind: MarkKind, words: string, why: string): Words {
  return { kind, words, detail: `${words}: ${why}` };
}
