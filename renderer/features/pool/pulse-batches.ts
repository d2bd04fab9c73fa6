import { isInRotation } from '../../../shared/view/rotation.ts';
import type { LaneFigure } from '../../stores/figures.ts';
import { type Dot, type LaneBatch, limitsFor } from './pulse-field.ts';

/** What a lane had had at the batch before. */
interface Counted {
  readonly requests: number;
  readonly inFlight: number;
  readonly failed: number;
}

export type CountedLanes = ReadonlyMap<string, Counted>;

export function countLanes(lanes: readonly LaneFigure[]): CountedLanes {
  return new Map(
    lanes.map(({ backend: { name, counters } }) => [
      name,
      {
        requests: counters.requests,
        inFlight: counters.inFlight,
        failed: counters.errors + counters.byClass[4],
      },
    ]),
  );
}

/** What has happened on each lane that shows pulses: where a reason stands in it, nothing runs over that. */
export function laneBatches(lanes: readonly LaneFigure[], before: CountedLanes): LaneBatch[] {
  const now = countLanes(lanes);
  return lanes.flatMap(({ backend }) => {
    const { name, counters } = backend;
    const count = now.get(name);
    if (!count || !isInRotation(backend)) return [];
    const was = before.get(name);
    // The first look, or the counters were reset.
    const isNew = !was || count.requests < was.requests;
    const started = isNew ? 0 : count.requests - was.requests;
    return {
      lane: name,
      started,
      ended: isNew ? 0 : Math.max(0, started + was.inFlight - count.inFlight),
      failed: isNew ? 0 : Math.max(0, count.failed - was.failed),
      inFlight: count.inFlight,
      p50Ms: counters.latency?.p50Ms ?? null,
    };
  });
}

/** With reduced motion: as many dots as requests are in flight, side by side from the start, and none of them moves. */
export function stillDots(batches: readonly LaneBatch[]): Dot[] {
  const { held } = limitsFor(batches.length);
  return batches.flatMap(({ lane, inFlight }) =>
    Array.from({ length: Math.min(inFlight, held) }, (_, at) => ({
      lane,
      progress: (at + 0.5) / held,
      alpha: 1,
      hasFailed: false,
    })),
  );
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** Requests a pulse stands for, about, at a rate of the whole pool. */
export function requestsPerPulse(perSecond: number, lanes: number): number {
  const exact = perSecond / (4 * Math.max(1, lanes) * limitsFor(lanes).leaving);
  return STEPS.findLast((step) => step <= Math.max(1, exact)) ?? 1;
}
