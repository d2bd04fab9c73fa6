import { formatDuration } from '../../shared/config/duration.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';

/** How a backend stands, as one word, one shape and one colour. */
export type Tone = 'ok' | 'busy' | 'tried' | 'bad' | 'off' | 'unknown' | 'simulated';

export interface Standing {
  readonly tone: Tone;
  /** `HEAD / → 200`, `down 12 s: connection refused`, `off by you`. */
  readonly words: string;
}

interface Surroundings {
  /** When it was switched, where that is still known. */
  readonly offSinceMs?: number | null;
  /** Whether requests go to it although its checks or traffic have put it out. */
  readonly isTried?: boolean;
}

/** What the user did comes before what the checks say: a backend switched off is never shown as failed. */
export function standingOf(
  backend: BackendSnapshot,
  nowMs: number,
  { offSinceMs = null, isTried = false }: Surroundings = {},
): Standing {
  if (backend.admin === 'disabled') {
    const since = offSinceMs === null ? '' : ` for ${formatAge(nowMs - offSinceMs)}`;
    return { tone: 'off', words: `off by you${since}` };
  }
  if (backend.admin === 'draining') {
    const { inFlight } = backend.counters;
    const end = backend.drainEndsAt ?? nowMs;
    const rest = inFlight > 0 && end > nowMs ? `, cut in ${formatAge(end - nowMs)}` : '';
    return { tone: 'off', words: `draining, ${inFlight} in flight${rest}` };
  }
  const { health, reason, since, busy } = backend.health;
  if (backend.forced !== null) {
    const words = `forced ${backend.forced} by you; its checks say ${health === 'unknown' ? 'nothing' : health}`;
    return { tone: backend.forced === 'down' ? 'bad' : 'ok', words };
  }
  if (health !== 'down' && backend.ejection !== null) {
    const left = formatAge(backend.ejection.until - nowMs);
    const words = `ejected, back in ${left}: ${backend.ejection.reason}`;
    return isTried ? { tone: 'tried', words: `tried anyway, ${words}` } : { tone: 'bad', words };
  }
  if (busy && health !== 'down')
    return { tone: 'busy', words: `busy ${formatAge(nowMs - busy.since)}: ${busy.reason}` };
  if (health === 'unknown') return { tone: 'unknown', words: reason === '' ? 'checking…' : reason };
  if (health === 'down') {
    const words = `down ${formatAge(nowMs - since)}: ${reason}`;
    return isTried ? { tone: 'tried', words: `tried anyway, ${words}` } : { tone: 'bad', words };
  }
  if (backend.slowStart !== null && backend.slowStart.until > nowMs)
    return { tone: 'ok', words: `back, its share rises for ${formatAge(backend.slowStart.until - nowMs)}` };
  const last = backend.probes.at(-1);
  return { tone: 'ok', words: last?.passed ? `${reason}, ${formatMs(last.durationMs)}` : reason };
}

/** `1,234` with the same separators everywhere. */
const counts = new Intl.NumberFormat('en-US');
export const formatCount = (count: number): string => counts.format(Math.round(count));

export function formatRate(perSecond: number): string {
  return perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : formatCount(perSecond);
}

export function formatMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms >= 100) return `${formatCount(ms)} ms`;
  return `${ms.toFixed(1)} ms`;
}

export function formatPercent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** `940 B`, `1.2 kB`, `34 MB`: decimal, as networks are. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  let value = bytes;
  let unit = '';
  for (const next of ['kB', 'MB', 'GB', 'TB']) {
    if (Math.round(value) < 1_000) break;
    value /= 1_000;
    unit = next;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `4 s`, `3 min`, `2 h`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** A duration that somebody wrote, to the millisecond: `200 ms`, `1.5 s`, `1 min 30 s`. */
export function sayDuration(ms: number): string {
  return formatDuration(ms)
    .replace(/ms|s|m|h/g, (unit) => ` ${unit === 'm' ? 'min' : unit} `)
    .trim();
}

/** When somebody last switched the backend; null once that event is forgotten. */
export function switchedAt(events: readonly EngineEvent[], pool: string, backend: string): number | null {
  const last = events.findLast(
    (event) => event.kind === 'admin' && event.pool === pool && event.backend === backend,
  );
  return last?.at ?? null;
}

/** What is lost when the connections of a backend are cut. */
export function lostWords(inFlight: number): string {
  if (inFlight === 0) return 'Nothing is in flight there now.';
  return `${inFlight} request${inFlight === 1 ? ' is' : 's are'} in flight there and will be cut.`;
}
