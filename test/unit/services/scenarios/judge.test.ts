import { describe, expect, it } from 'vitest';
import { type Judged, judge } from '../../../../electron/services/scenarios/judge.ts';

const latency = { p50Ms: 5, p95Ms: 250.04, p99Ms: 400 };
const judged = (change: Partial<Judged> = {}): Judged => ({
  clients: { requests: 200, errors: 3, latency },
  longestUndetected: { ms: 2_500, whose: 'p/a: crash' },
  longestBroken: { ms: 8_000, whose: 'p/a: crash' },
  notDone: 0,
  ...change,
});

const words = (...given: Parameters<typeof judge>) =>
  judge(...given).map(({ name, measured, isKept }) => `${name} ${isKept ? 'kept' : 'broken'}: ${measured}`);

describe('limits', () => {
  it('are kept up to and with what they say', () => {
    const limits = { errorRate: 0.015, clientErrors: 3, p95: 251, timeToDetect: 2_500, timeToRecover: 8_000 };
    expect(words(limits, judged())).toEqual([
      'errorRate kept: 1.5 %: 3 of 200 requests',
      'clientErrors kept: 3 of 200 requests',
      'p95 kept: 250.0 ms',
      'timeToDetect kept: 2.5s (p/a: crash)',
      'timeToRecover kept: 8s (p/a: crash)',
      'steps kept: all were done',
    ]);
  });

  it('are broken by more than that, and the worst is named', () => {
    const limits = { errorRate: 0.014, clientErrors: 2, p95: 250, timeToDetect: 2_499, timeToRecover: 7_999 };
    expect(judge(limits, judged({ notDone: 1 })).filter(({ isKept }) => isKept)).toEqual([]);
    expect(judge(limits, judged())[3]).toEqual({
      name: 'timeToDetect',
      title: 'Time to detect',
      allowed: '2.499s at most',
      measured: '2.5s (p/a: crash)',
      isKept: false,
    });
  });

  it('are not kept by a run that nobody asked anything of, or whose engine forgot', () => {
    const limits = { errorRate: 1, clientErrors: 10, p95: 1_000 };
    const clients = { requests: 0, errors: 0, latency: null };
    expect(
      new Set(
        judge(limits, judged({ clients }))
          .map(({ isKept }) => isKept)
          .slice(0, 3),
      ),
    ).toEqual(new Set([false]));
    expect(words({ clientErrors: 10 }, judged({ clients: null }))[0]).toBe(
      'clientErrors broken: not counted: the engine was started again',
    );
  });

  it('of times are kept when nothing broke', () => {
    const nothing = judged({ longestUndetected: null, longestBroken: null });
    expect(words({ timeToDetect: 1 }, nothing)[0]).toBe('timeToDetect kept: nothing broke');
  });

  it('there are none when none are set', () => {
    expect(judge({}, judged({ notDone: 3 }))).toEqual([]);
  });
});
