/** A request on its way along a lane. */
interface Pulse {
  readonly lane: string;
  /** `performance.now()` of its start; may lie ahead. */
  readonly startMs: number;
  readonly travelMs: number;
}

export interface Dot {
  readonly lane: string;
  /** 0 at the start of the lane's bar, 1 at its end. */
  readonly progress: number;
  readonly alpha: number;
}

/** What one batch says of a lane. */
export interface LaneBatch {
  readonly lane: string;
  /** Requests since the batch before. */
  readonly rise: number;
  /** What half of its answers take, at most; null while unknown. */
  readonly p50Ms: number | null;
}

/** The time until the next batch: this one's requests leave spread over it. */
const BATCH_MS = 250;
/** Above this many a batch a pulse stands for several requests, and they go faster instead. */
const MOST_PER_BATCH = 5;
/** Forty lanes must not cost more than ten. */
const MOST_AT_ONCE = 260;
const SLOWEST_MS = 2_600;
const CALM_MS = 900;
const FAST_MS = 480;

/**
 * Requests on their way, sampled at high rates. A lane whose answers take long has slow pulses: what is seen is what
 * was measured. Pure but for the random source, which is an argument.
 */
export function createPulseField(random: () => number) {
  let pulses: Pulse[] = [];
  return {
    add(batches: readonly LaneBatch[], nowMs: number): void {
      const each = Math.max(1, Math.floor(MOST_AT_ONCE / (4 * Math.max(1, batches.length))));
      for (const { lane, rise, p50Ms } of batches) {
        const count = Math.min(rise, MOST_PER_BATCH, each);
        const travelMs = travel(rise, p50Ms);
        for (let one = 0; one < count; one++) {
          const offset = ((one + 0.15 + 0.7 * random()) / count) * BATCH_MS;
          pulses.push({ lane, startMs: nowMs + offset, travelMs });
        }
      }
      if (pulses.length > 2 * MOST_AT_ONCE) pulses = pulses.slice(-MOST_AT_ONCE);
    },
    /** Where they are; those that have arrived are forgotten. */
    dots(nowMs: number): Dot[] {
      pulses = pulses.filter((pulse) => nowMs < pulse.startMs + pulse.travelMs);
      const dots: Dot[] = [];
      for (const { lane, startMs, travelMs } of pulses) {
        const progress = (nowMs - startMs) / travelMs;
        if (progress < 0) continue;
        dots.push({ lane, progress, alpha: Math.min(1, progress * 8, (1 - progress) * 5) });
      }
      return dots;
    },
    isEmpty: (): boolean => pulses.length === 0,
  };
}

export type PulseField = ReturnType<typeof createPulseField>;

function travel(rise: number, p50Ms: number | null): number {
  const rush = Math.min(1, Math.log10(Math.max(1, rise)) / 3);
  return Math.max(CALM_MS - rush * (CALM_MS - FAST_MS), Math.min(p50Ms ?? 0, SLOWEST_MS));
}
