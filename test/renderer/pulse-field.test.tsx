import { describe, expect, it } from 'vitest';
import {
  countLanes,
  laneBatches,
  requestsPerPulse,
  stillDots,
} from '../../renderer/features/pool/pulse-batches.ts';
import { createPulseField, type LaneBatch } from '../../renderer/features/pool/pulse-field.ts';
import { laneFigures } from '../../renderer/stores/figures.ts';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';

const field = () => createPulseField(() => 0.5);
/** Answered within the batch they started in, unless it says otherwise. */
const lane = (started: number, change: Partial<LaneBatch> = {}): LaneBatch => ({
  lane: 'a',
  started,
  ended: started,
  failed: 0,
  inFlight: 0,
  p50Ms: null,
  ...change,
});

/** When the last of them has arrived. */
function lastsMs(pulses: ReturnType<typeof field>): number {
  for (let ms = 0; ms < 20_000; ms += 10) if (ms > 300 && pulses.dots(ms).length === 0) return ms;
  return 20_000;
}

describe('pulses', () => {
  it('are as many as requests, as long as they can be told apart', () => {
    const pulses = field();
    pulses.add([lane(3)], 0);
    expect(pulses.dots(250)).toHaveLength(3);
  });

  it('stand for several at high rates, and go faster', () => {
    const [calm, busy] = [field(), field()];
    calm.add([lane(1)], 0);
    busy.add([lane(5_000)], 0);
    expect(busy.dots(250)).toHaveLength(5);
    expect(lastsMs(busy)).toBeLessThan(lastsMs(calm));
  });

  it('stay on the lane for as long as their requests are in flight, and arrive when they end', () => {
    const pulses = field();
    pulses.add([lane(1, { ended: 0, inFlight: 1 })], 0);
    for (let ms = 250; ms < 30_000; ms += 250) pulses.add([lane(0, { inFlight: 1 })], ms);
    const [dot] = pulses.dots(30_000);
    expect(dot?.progress).toBeGreaterThan(0.9);
    expect(dot?.progress).toBeLessThan(1);
    // It has long stood still: nothing to draw.
    expect(pulses.isMoving(30_000)).toBe(false);
    pulses.add([lane(0, { ended: 1 })], 30_000);
    expect(pulses.isMoving(30_000)).toBe(true);
    expect(pulses.dots(30_000 + 250 + 140)).toEqual([]);
  });

  it('come closer to the end from frame to frame, and never back', () => {
    const pulses = field();
    pulses.add([lane(1, { ended: 0, inFlight: 1, p50Ms: 800 })], 0);
    const seen: number[] = [];
    for (let ms = 130; ms < 2_000; ms += 16) {
      if (ms === 130 + 16 * 40) pulses.add([lane(0, { ended: 1 })], ms);
      seen.push(pulses.dots(ms)[0]?.progress ?? 1);
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it('are there for what was in flight before anybody looked', () => {
    const pulses = field();
    pulses.add([lane(0, { inFlight: 4 })], 0);
    expect(pulses.dots(250)).toHaveLength(4);
  });

  it('show failures as such once they have happened', () => {
    const pulses = field();
    pulses.add([lane(4, { ended: 4, failed: 1 })], 0);
    expect(pulses.dots(250).filter((dot) => dot.hasFailed)).toHaveLength(1);
  });

  it('leave a lane that shows none any more', () => {
    const pulses = field();
    pulses.add([lane(1, { ended: 0, inFlight: 1 })], 0);
    pulses.add([], 250);
    expect(pulses.dots(300)).toEqual([]);
  });

  it('are bounded, however many lanes there are and however long nobody draws', () => {
    const pulses = field();
    const lanes = Array.from({ length: 40 }, (_, index) => lane(10_000, { lane: `${index}`, inFlight: 900 }));
    for (let batch = 0; batch < 100; batch++) pulses.add(lanes, batch * 250);
    expect(pulses.dots(100 * 250 + 1).length).toBeLessThanOrEqual(520);
  });
});

describe('what a batch says of a lane', () => {
  const figures = (change: Partial<BackendSnapshot['counters']>, standing: Partial<BackendSnapshot> = {}) => {
    const counters = { ...backend('a').counters, ...change };
    const snapshot = snapshotOf([backend('a', { ...standing, counters })]);
    return snapshot.pools.flatMap((pool) => laneFigures(snapshot, pool, 'reset'));
  };
  const before = countLanes(figures({ requests: 10, inFlight: 2, errors: 1 }));

  it('is what started, ended and failed since the one before', () => {
    const after = figures({ requests: 15, inFlight: 3, errors: 2, byClass: [0, 0, 0, 0, 1] });
    expect(laneBatches(after, before)).toEqual([
      { lane: 'a', started: 5, ended: 4, failed: 2, inFlight: 3, p50Ms: null },
    ]);
  });

  it('is nothing after a reset but for what is in flight, nor while the backend is out', () => {
    expect(laneBatches(figures({ requests: 1, inFlight: 1 }), before)).toMatchObject([
      { started: 0, ended: 0, failed: 0, inFlight: 1 },
    ]);
    expect(laneBatches(figures({ requests: 15 }, { admin: 'disabled' }), before)).toEqual([]);
  });

  it('with reduced motion is a dot for each in flight, always in the same places', () => {
    const still = (inFlight: number) => stillDots([lane(0, { inFlight })]).map((dot) => dot.progress);
    expect(still(2)).toEqual(still(12).slice(0, 2));
    expect(still(500)).toHaveLength(12);
  });

  it('stands for about so many requests', () => {
    expect([10, 150, 2_000, 10_000].map((rate) => requestsPerPulse(rate, 10))).toEqual([1, 1, 10, 50]);
  });
});
