import { formatDuration } from '../../shared/config/duration.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { BackendKey, BackendSnapshot } from '../../shared/view/snapshot.ts';

/** A backend that went down, or came back, by itself. */
export interface Happening {
  readonly pool: string;
  readonly backend: string;
  readonly what: 'down' | 'up';
  /** Why, or after how long. */
  readonly words: string;
  readonly isSimulated: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What the system is asked to show. */
export interface Note {
  readonly title: string;
  readonly body: string;
  /** Where a click leads. */
  readonly pool: string;
}

export interface NotesPlan {
  /** Not told yet, one a backend, the latest. */
  readonly pending: readonly Happening[];
  /** What the user was last told, or has seen, of each backend; nothing for up. */
  readonly known: ReadonlyMap<string, Happening>;
  /** When the last was shown, milliseconds since the epoch. */
  readonly shownAt: number | null;
}

export const NO_NOTES: NotesPlan = { pending: [], known: new Map(), shownAt: null };

/** What goes down together is told together. */
const TOGETHER_MS = 1_000;
/** A backend that flaps must not fill a screen. */
const PAUSE_MS = 10_000;
const MOST_NAMED = 3;

/**
 * What of an event is worth a notification: never what the user has done, and what is simulated only as such.
 *
 * @param backend as it stands now
 * @param isRehearsal whether a scenario plays
 */
export function happeningOf(
  event: EngineEvent,
  backend: BackendSnapshot | undefined,
  isRehearsal: boolean,
): Happening | null {
  if (backend?.admin !== 'enabled' || backend.forced !== null) return null;
  const isSimulated = isRehearsal || backend.faults.length > 0 || (backend.incident?.isSimulated ?? false);
  const about = { backend: backend.name, isSimulated, at: event.at };
  switch (event.kind) {
    case 'backend-down':
      return { ...about, pool: event.pool, what: 'down', words: event.reason };
    case 'backend-ejected':
      return { ...about, pool: event.pool, what: 'down', words: `ejected: ${event.reason}` };
    case 'backend-up':
      return { ...about, pool: event.pool, what: 'up', words: `after ${roundly(event.downMs)}` };
    case 'backend-returned':
      return { ...about, pool: event.pool, what: 'up', words: `after ${roundly(event.afterMs)}` };
    default:
      return null;
  }
}

export function addHappening(plan: NotesPlan, happening: Happening): NotesPlan {
  const others = plan.pending.filter((one) => keyOf(one) !== keyOf(happening));
  return { ...plan, pending: [...others, happening] };
}

/** What is not told of a backend is not waited with, nor held against what is told next. */
export function forget(plan: NotesPlan, key: BackendKey): NotesPlan {
  const known = new Map(plan.known);
  known.delete(keyOf(key));
  return { ...plan, pending: plan.pending.filter((one) => keyOf(one) !== keyOf(key)), known };
}

/** When something is to be told, milliseconds since the epoch; null while there is nothing. */
export function dueAt({ pending, shownAt }: NotesPlan): number | null {
  if (pending.length === 0) return null;
  const first = Math.min(...pending.map(({ at }) => at));
  return Math.max(first + TOGETHER_MS, shownAt === null ? 0 : shownAt + PAUSE_MS);
}

/** @param isSeen whether the window has the focus, where all of it is shown anyway */
export function tell(
  plan: NotesPlan,
  nowMs: number,
  isSeen: boolean,
): { readonly plan: NotesPlan; readonly note: Note | null } {
  // What is again as it was known to be is no news.
  const news = plan.pending
    .filter((one) => (plan.known.get(keyOf(one))?.what ?? 'up') !== one.what)
    .map((one) => ({
      ...one,
      isSimulated: one.isSimulated || (plan.known.get(keyOf(one))?.isSimulated ?? false),
    }));
  const known = new Map([...plan.known, ...plan.pending.map((one) => [keyOf(one), one] as const)]);
  for (const [key, { what }] of known) if (what === 'up') known.delete(key);
  const note = isSeen ? null : noteOf(news);
  return { plan: { pending: [], known, shownAt: note ? nowMs : plan.shownAt }, note };
}

function noteOf(news: readonly Happening[]): Note | null {
  const [first, ...others] = news;
  if (!first) return null;
  const isSimulated = news.every((one) => one.isSimulated);
  const title = others.length === 0 ? `${first.backend} is ${stateWord(first.what)}` : countWords(news);
  const body = others.length === 0 ? `${first.words}, pool ${first.pool}` : names(news, isSimulated);
  return { title: isSimulated ? `Simulated: ${title}` : title, body, pool: first.pool };
}

/** `2 backends are down, 1 is back`. */
function countWords(news: readonly Happening[]): string {
  const parts = (['down', 'up'] as const).flatMap((what) => {
    const count = news.filter((one) => one.what === what).length;
    return count === 0 ? [] : [{ count, what }];
  });
  return parts
    .map(({ count, what }, at) => {
      const noun = at > 0 ? '' : count === 1 ? ' backend' : ' backends';
      return `${count}${noun} ${count === 1 ? 'is' : 'are'} ${stateWord(what)}`;
    })
    .join(', ');
}

function names(news: readonly Happening[], isSaid: boolean): string {
  const all = news.map(({ backend, isSimulated }) =>
    isSimulated && !isSaid ? `${backend} (simulated)` : backend,
  );
  const rest = all.length - MOST_NAMED;
  return rest > 0 ? `${all.slice(0, MOST_NAMED).join(', ')} and ${rest} more` : all.join(', ');
}

function stateWord(what: Happening['what']): string {
  return what === 'down' ? 'down' : 'back';
}

export function keyOf({ pool, backend }: BackendKey): string {
  return JSON.stringify([pool, backend]);
}

/** Whole seconds, from one on. */
function roundly(ms: number): string {
  return formatDuration(ms < 1_000 ? Math.round(ms) : Math.round(ms / 1_000) * 1_000);
}
