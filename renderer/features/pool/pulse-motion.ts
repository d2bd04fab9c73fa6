/** A request on its way along a lane. Times as of `performance.now()`. */
export interface Pulse {
  readonly lane: string;
  /** May lie ahead. */
  readonly startMs: number;
  /** What the whole way would take. */
  readonly paceMs: number;
  /** When its request ended, and how far it was then; null while it is in flight. */
  release: { readonly atMs: number; readonly from: number } | null;
  hasFailed: boolean;
}

const SLOWEST_MS = 2_600;
const CALM_MS = 900;
export const FASTEST_MS = 480;
/** Less than this for what is left of the way would be a jump. */
const HOME_MS = 140;
/** How far a request gets that is still in flight, and how soon it slows down. */
const WAITING_AT = 0.94;
const EAGERNESS = 1.6;

/** Slow answers have slow pulses: what is seen is what was measured. Busy lanes have quick ones. */
export function travelMs(started: number, p50Ms: number | null): number {
  const rush = Math.min(1, Math.log10(Math.max(1, started)) / 3);
  return Math.max(CALM_MS - rush * (CALM_MS - FASTEST_MS), Math.min(p50Ms ?? 0, SLOWEST_MS));
}

/**
 * 0 at the start, 1 at the end. In flight it comes ever closer to the end, and waits before it for as long as its
 * request takes; released it runs the rest.
 */
export function progressOf({ startMs, paceMs, release }: Pulse, nowMs: number): number {
  if (nowMs <= startMs) return 0;
  if (release === null || nowMs < release.atMs)
    return WAITING_AT * (1 - Math.exp((-EAGERNESS * (nowMs - startMs)) / paceMs));
  const rest = 1 - release.from;
  const restMs = Math.max(HOME_MS, rest * Math.min(paceMs, CALM_MS));
  return Math.min(1, release.from + (rest * (nowMs - release.atMs)) / restMs);
}
