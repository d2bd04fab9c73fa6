import { describe, expect, it } from 'vitest';
import { type Clock, HealthChecker } from '../../../electron/health/health-checker.ts';
import type { ProbeResult } from '../../../electron/health/probe.ts';
import type { HealthStatus } from '../../../shared/snapshot.ts';
import { oneConfig } from '../../support/test-engine.ts';

/** Time that stands still until it is told to pass. */
class FakeClock implements Clock {
  #now = 1_000;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  get pending(): number {
    return this.#timers.length;
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = next.at;
      this.#timers = this.#timers.filter((one) => one !== next);
      next.run();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp(check: object = { interval: '2s' }) {
  const clock = new FakeClock();
  const answers: ((result: ProbeResult) => void)[] = [];
  const sentAt: number[] = [];
  const changes: HealthStatus[] = [];
  let cancelled = 0;
  const backend = oneConfig(['http://localhost:1'], { healthCheck: check }).pools[0]?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  const checker = new HealthChecker(backend, {
    clock,
    probe: () => {
      sentAt.push(clock.now());
      const result = new Promise<ProbeResult>((resolve) => answers.push(resolve));
      return { result, cancel: () => cancelled++ };
    },
    observer: { onProbe: () => undefined, onChange: (status) => changes.push(status) },
  });
  const answer = async (hasPassed: boolean, words = 'w') => {
    answers.shift()?.({ hasPassed, words });
    await settle();
  };
  return { clock, checker, answer, sentAt, changes, cancelled: () => cancelled };
}

describe('HealthChecker', () => {
  it('probes at once, then every interval from start to start', async () => {
    const { clock, checker, answer, sentAt } = setUp();
    checker.start();
    await clock.pass(500);
    await answer(true);
    await clock.pass(1_500);
    expect(sentAt).toEqual([1_000, 3_000]);
  });

  it('never has two probes out; one that outlasts the interval is followed at once', async () => {
    const { clock, checker, answer, sentAt } = setUp();
    checker.start();
    await clock.pass(5_000);
    checker.probeNow();
    expect(sentAt).toHaveLength(1);
    await answer(true);
    await clock.pass(0);
    expect(sentAt).toEqual([1_000, 6_000]);
  });

  it('is unknown until the first answer, then says what it got', async () => {
    const { checker, answer, changes } = setUp();
    checker.start();
    expect(checker.status.health).toBe('unknown');
    await answer(false, 'connection refused');
    expect(checker.status).toMatchObject({ health: 'down', reason: 'connection refused' });
    expect(changes).toHaveLength(1);
  });

  it('goes down at once when traffic could not reach the backend', async () => {
    const { checker, answer } = setUp({ interval: '2s', fall: 5 });
    checker.start();
    await answer(true, 'HEAD / → 200');
    checker.reportFailure('connection refused');
    expect(checker.status).toMatchObject({ health: 'down', reason: 'connection refused' });
  });

  it('keeps its reason while one result speaks against it', async () => {
    const { clock, checker, answer } = setUp({ interval: '1s', fall: 2 });
    checker.start();
    await answer(true, 'good');
    await clock.pass(1_000);
    await answer(false, 'bad');
    expect(checker.status).toMatchObject({ health: 'up', reason: 'good' });
    expect(checker.probes.map((probe) => probe.words)).toEqual(['good', 'bad']);
  });

  it('keeps the last 60 probes', async () => {
    const { clock, checker, answer } = setUp({ interval: '1s' });
    checker.start();
    for (let count = 0; count < 70; count++) {
      await answer(true, String(count));
      await clock.pass(1_000);
    }
    expect(checker.probes).toHaveLength(60);
    expect(checker.probes[0]?.words).toBe('10');
  });

  it('leaves nothing behind when stopped', async () => {
    const { clock, checker, answer, sentAt, cancelled } = setUp();
    checker.start();
    checker.stop();
    expect(cancelled()).toBe(1);
    await answer(true);
    await clock.pass(60_000);
    expect([sentAt.length, clock.pending, checker.status.health]).toEqual([1, 0, 'unknown']);
  });
});
