import { incidentWords } from '../../../shared/text/incident-words.ts';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { formatAge, formatMs, type Tone } from '../../stores/words.ts';

export interface HistoryLine {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tone: Exclude<Tone, 'tried'>;
  readonly words: string;
  /** Null for what is no probe. */
  readonly durationMs: number | null;
}

const ADMIN_WORDS = { enabled: 'back in rotation', draining: 'draining', disabled: 'off' } as const;

/** Every kept probe of a backend and all that happened to it, newest first. */
export function historyOf(
  pool: string,
  { name, probes }: Pick<BackendSnapshot, 'name' | 'probes'>,
  events: readonly EngineEvent[],
): readonly HistoryLine[] {
  const probed = probes.map(
    ({ at, passed, cause, words, durationMs }): HistoryLine => ({
      at,
      tone: passed ? 'ok' : cause?.kind === 'busy' ? 'busy' : 'bad',
      words,
      durationMs,
    }),
  );
  const happened = events.flatMap((event): HistoryLine[] => {
    if (!('backend' in event) || event.pool !== pool || event.backend !== name) return [];
    return [{ at: event.at, durationMs: null, ...wordsOf(event) }];
  });
  return [...probed, ...happened].sort((a, b) => b.at - a.at);
}

type BackendEvent = Extract<EngineEvent, { readonly backend: string }>;

function wordsOf(event: BackendEvent): Pick<HistoryLine, 'tone' | 'words'> {
  switch (event.kind) {
    case 'backend-down': {
      const after = event.upMs === null ? '' : ` after ${formatAge(event.upMs)} up`;
      return { tone: 'bad', words: `down${after}: ${event.reason}` };
    }
    case 'backend-still-down':
      return { tone: 'bad', words: `still down: ${event.reason}` };
    case 'backend-unreachable':
      return { tone: 'bad', words: `cannot be reached: ${event.reason}` };
    case 'backend-busy':
      if (event.reason === null) return { tone: 'ok', words: 'responds to its checks again' };
      return { tone: 'busy', words: `busy: ${event.reason}` };
    case 'backend-up':
      return { tone: 'ok', words: `up after ${formatAge(event.downMs)} down: ${event.reason}` };
    case 'backend-ejected':
      return { tone: 'bad', words: `ejected for ${formatAge(event.forMs)}: ${event.reason}` };
    case 'backend-returned':
      return { tone: 'ok', words: `back after ${formatAge(event.afterMs)} out` };
    case 'admin':
      return { tone: event.state === 'enabled' ? 'ok' : 'off', words: `${ADMIN_WORDS[event.state]}, by you` };
    case 'faults-set':
      return {
        tone: 'simulated',
        words:
          event.faults.length === 0
            ? 'faults cleared by you'
            : `simulated by you: ${event.faults.join('; ')}`,
      };
    case 'incident':
      return { tone: 'unknown', words: incidentWords(event.incident) };
    case 'fault-over':
      return { tone: 'simulated', words: `simulated fault is over: ${event.fault}` };
    case 'health-forced':
      return {
        tone: 'unknown',
        words: event.forced === null ? 'left to its checks again' : `forced ${event.forced} by you`,
      };
  }
}

/** How far the last probes are on their way to another health; null when they agree with it. */
export function onTheWay(
  { health, probes }: Pick<BackendSnapshot, 'health' | 'probes'>,
  { rise, fall }: { readonly rise: number; readonly fall: number },
): { readonly streak: number; readonly needed: number; readonly to: 'up' | 'down' } | null {
  if (health.health === 'unknown') return null;
  const isUp = health.health === 'up';
  let streak = 0;
  while (streak < probes.length && probes.at(-1 - streak)?.passed === !isUp) streak++;
  return streak === 0 ? null : { streak, needed: isUp ? fall : rise, to: isUp ? 'down' : 'up' };
}

/** `58 of the last 60 probes passed, in 2.1 ms on average.` */
export function summaryOf({ probes }: Pick<BackendSnapshot, 'probes'>): string {
  if (probes.length === 0) return 'It has not been probed yet.';
  const passed = probes.filter((probe) => probe.passed);
  const total = passed.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const average = passed.length === 0 ? '' : `, in ${formatMs(total / passed.length)} on average`;
  return `${passed.length} of the last ${probes.length} probes passed${average}.`;
}
