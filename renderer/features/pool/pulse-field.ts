import { FASTEST_MS, type Pulse, progressOf, travelMs } from './pulse-motion.ts';

export interface Dot {
  readonly lane: string;
  /** 0 at the start of the lane's bar, 1 at its end. */
  readonly progress: number;
  readonly alpha: number;
  /** Its request has failed. */
  readonly hasFailed: boolean;
}

/** What one batch says of a lane. Counts since the batch before, but for what is in flight now. */
export interface LaneBatch {
  readonly lane: string;
  readonly started: number;
  readonly ended: number;
  readonly failed: number;
  readonly inFlight: number;
  /** What half of its answers take, at most; null while unknown. */
  readonly p50Ms: number | null;
}

/** The time until the next batch: this one's requests leave and arrive spread over it. */
const BATCH_MS = 250;
const BATCHES_A_SECOND = 1_000 / BATCH_MS;
/** More than these in a batch of one lane cannot be told apart: a pulse stands for several then. */
const MOST_PER_BATCH = 5;
const MOST_HELD = 12;
/** Forty lanes must not cost more than ten. */
const MOST_AT_ONCE = 260;

/** How many of one lane may leave in a batch, and be on their way at an instant. */
export function limitsFor(lanes: number): { readonly leaving: number; readonly held: number } {
  const room = MOST_AT_ONCE / (BATCHES_A_SECOND * Math.max(1, lanes));
  return {
    leaving: Math.min(MOST_PER_BATCH, Math.max(1, Math.floor(room))),
    held: Math.min(MOST_HELD, Math.max(1, Math.floor(2 * room))),
  };
}

/**
 * Requests in flight, sampled at high rates. There are as many pulses on a lane as requests are at its backend, up to a
 * limit; one more for each that starts, and for each that ends the oldest goes on to the end of the lane. Which of them
 * ended is not known: that it was the oldest is a guess, and how many it were is not. Those that ended before the batch
 * came run through, so that they are seen at all.
 *
 * Pure but for the random source, which is an argument.
 */
export function createPulseField(random: () => number) {
  let pulses: Pulse[] = [];
  /** So many times in the batch that begins now, without a beat that all lanes would share. */
  const spread = (nowMs: number, count: number): number[] =>
    Array.from({ length: count }, (_, at) => nowMs + ((at + random()) / count) * BATCH_MS);

  const addTo = (batch: LaneBatch, nowMs: number, limits: ReturnType<typeof limitsFor>): void => {
    const pace = travelMs(batch.started, batch.p50Ms);
    const held = pulses.filter((pulse) => pulse.lane === batch.lane && pulse.release === null);
    const wanted = Math.min(batch.inFlight, limits.held);
    // At least those that are in flight: they may have been so before anybody looked.
    const leaving = Math.max(Math.min(batch.started, limits.leaving), wanted - held.length);
    const fresh = spread(nowMs, leaving).map(
      (startMs): Pulse => ({
        lane: batch.lane,
        startMs,
        paceMs: pace * (0.85 + 0.3 * random()),
        release: null,
        hasFailed: false,
      }),
    );
    pulses.push(...fresh);
    const ending = [...held, ...fresh].slice(0, held.length + fresh.length - wanted);
    // Nothing has ended: there are more on their way than can be shown.
    if (batch.ended === 0) {
      const surplus = new Set(fresh.slice(fresh.length - ending.length));
      pulses = pulses.filter((pulse) => !surplus.has(pulse));
      return;
    }
    const share = Math.min(1, batch.failed / batch.ended);
    const failing = batch.failed > 0 ? Math.max(1, Math.round(ending.length * share)) : 0;
    spread(nowMs, ending.length).forEach((atMs, index) => {
      const pulse = ending[index];
      if (!pulse) return;
      const releasedMs = Math.max(atMs, pulse.startMs);
      pulse.hasFailed = index < failing;
      pulse.release = { atMs: releasedMs, from: progressOf(pulse, releasedMs) };
    });
  };

  return {
    add(batches: readonly LaneBatch[], nowMs: number): void {
      const limits = limitsFor(batches.length);
      const lanes = new Set(batches.map(({ lane }) => lane));
      pulses = pulses.filter(({ lane, release }) => release !== null || lanes.has(lane));
      for (const batch of batches) addTo(batch, nowMs, limits);
      // Nobody may have drawn for long.
      const most = batches.length * (limits.held + 2 * BATCHES_A_SECOND * limits.leaving);
      if (pulses.length > most) pulses = pulses.slice(-most);
    },
    /** Where they are; those that have arrived are forgotten. */
    dots(nowMs: number): Dot[] {
      const dots: Dot[] = [];
      pulses = pulses.filter((pulse) => {
        const progress = progressOf(pulse, nowMs);
        if (progress >= 1) return false;
        const { lane, release, hasFailed, startMs } = pulse;
        const isReleased = release !== null && nowMs >= release.atMs;
        const fading = isReleased ? (1 - progress) * 6 : 1;
        if (nowMs >= startMs)
          dots.push({
            lane,
            progress,
            alpha: Math.min(1, (nowMs - startMs) / 90, fading),
            hasFailed: hasFailed && isReleased,
          });
        return true;
      });
      return dots;
    },
    /** Whether the next frame would look another. What has been in flight for long stands still. */
    isMoving: (nowMs: number): boolean =>
      pulses.some(
        (pulse) => pulse.release !== null || nowMs < pulse.startMs + 4 * Math.max(pulse.paceMs, FASTEST_MS),
      ),
  };
}
