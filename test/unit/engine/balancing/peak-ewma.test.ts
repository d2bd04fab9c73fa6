import { describe, expect, it } from 'vitest';
import { Fake, fakes, PLAIN, picks, policyOf } from '../../../support/candidates.ts';

/** With two candidates both are always drawn, so that the cost alone decides. */
function pair() {
  let now = 0;
  const policy = policyOf('peak-ewma', 1, () => now);
  const [a, b] = [new Fake('a'), new Fake('b')];
  return {
    a,
    b,
    policy,
    /** Who would get `count` requests that come one at a time. */
    next: (count = 5) => [...new Set(picks(policy, [a, b], count))].join(''),
    saw: (one: Fake, latencyMs: number) => policy.observe?.(one, latencyMs),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('peak EWMA', () => {
  it('leaves one that turns slow at its first slow answer', () => {
    const { a, b, next, saw, pass } = pair();
    saw(a, 10);
    saw(b, 100);
    expect(next()).toBe('a');
    pass(100);
    saw(a, 500);
    expect(next()).toBe('b');
  });

  it('goes back to it when the memory of it has faded', () => {
    const { a, b, next, saw, pass } = pair();
    saw(a, 1_000);
    saw(b, 10);
    for (let second = 0; second < 40; second++) {
      pass(1_000);
      saw(b, 10);
      expect(next()).toBe('b');
    }
    // 1000 ms fade below 10 ms after ln(100) × 10 s = 46 s.
    for (let second = 0; second < 8; second++) {
      pass(1_000);
      saw(b, 10);
    }
    expect(next()).toBe('a');
    saw(a, 1_000);
    expect(next()).toBe('b');
  });

  it('believes quicker answers only by and by', () => {
    const { a, b, next, saw, pass } = pair();
    saw(a, 100);
    saw(b, 50);
    saw(a, 1);
    expect(next()).toBe('b');
    pass(10_000);
    // 100 × 1/e + 1 × (1 - 1/e) = 37.4 ms now.
    saw(a, 1);
    saw(b, 50);
    expect(next()).toBe('a');
  });

  it('weighs latency against what is in flight', () => {
    const { a, b, next, saw } = pair();
    saw(a, 10);
    saw(b, 35);
    a.inFlight = 2;
    expect(next()).toBe('a');
    a.inFlight = 3;
    expect(next()).toBe('b');
  });

  it('counts a weight as that many times as quick', () => {
    const { a, b, next, saw } = pair();
    saw(a, 10);
    saw(b, 15);
    b.weight = 2;
    expect(next()).toBe('b');
  });

  it('tries one that has just joined once, and waits for its answer', () => {
    const { a, b, next, saw } = pair();
    saw(a, 10);
    expect(next()).toBe('b');
    b.inFlight = 1;
    expect(next()).toBe('a');
    b.inFlight = 0;
    saw(b, 5);
    expect(next()).toBe('b');
  });

  it('forgets no faster for a quick failure than with time alone', () => {
    const { a, b, next, saw, pass } = pair();
    saw(a, 100);
    saw(b, 30);
    for (let count = 0; count < 50; count++) {
      pass(200);
      saw(a, 0.2);
      saw(b, 30);
      expect(next()).toBe('b');
    }
    // 100 ms fade below 30 ms after ln(100 / 30) × 10 s = 12.04 s, of which 10 are over.
    pass(2_100);
    saw(a, 0.2);
    saw(b, 30);
    expect(next()).toBe('a');
  });

  it('spreads a pool at rest that has answered nothing yet', () => {
    expect(new Set(picks(policyOf('peak-ewma', 7), fakes('abc'), 100))).toEqual(new Set('abc'));
  });

  it('fills those that have not answered yet evenly', () => {
    const { a, b, policy } = pair();
    for (let count = 0; count < 10; count++) {
      const picked = policy.pick([a, b], [], PLAIN);
      if (picked) picked.inFlight++;
    }
    expect([a.inFlight, b.inFlight]).toEqual([5, 5]);
  });

  it('passes over the quickest while it is out or was tried', () => {
    const { a, b, policy, saw } = pair();
    saw(a, 1);
    saw(b, 100);
    expect(policy.pick([a, b], [a], PLAIN)).toBe(b);
    a.isUp = false;
    expect(policy.pick([a, b], [], PLAIN)).toBe(b);
    a.isUp = true;
    expect(policy.pick([a, b], [], PLAIN)).toBe(a);
  });
});
