import { describe, expect, it } from 'vitest';
import { HealthChecker } from '../../../../electron/engine/health/health-checker.ts';
import type { ProbeResult } from '../../../../electron/engine/health/probe.ts';
import { systemClock } from '../../../../electron/engine/system/clock.ts';
import type { HealthStatus } from '../../../../shared/view/snapshot.ts';
import { FakeClock, settle } from '../../../support/fake-clock.ts';
import { oneConfig } from '../../../support/test-engine.ts';

function setUp(check: object = { interval: '2s' }, work = { inFlight: () => 0, progress: () => 0 }) {
  const clock = new FakeClock();
  const answers: ((result: ProbeResult) => void)[] = [];
  const sentAt: number[] = [];
  const changes: HealthStatus[] = [];
  const reasons: HealthStatus[] = [];
  let cancelled = 0;
  const backend = oneConfig(['http://localhost:1'], { healthCheck: check }).pools[0]?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  const checker = new HealthChecker(backend, {
    clock,
    probe: () => {
      sentAt.push(clock.now());
      const result = new Promise<ProbeResult>((resolve) => answers.push(resolve));
      return { result, durationMs: () => 7, cancel: () => cancelled++ };
    },
    random: () => 0.5,
    observer: {
      onProbe: () => undefined,
      onChange: (status) => changes.push(status),
      onReason: (status) => reasons.push(status),
      onUnreachable: () => undefined,
    },
    work,
  });
  const timeOut = async () => {
    answers.shift()?.({ hasPassed: false, words: 'late', cause: { kind: 'timeout' } });
    await settle();
  };
  const answer = async (hasPassed: boolean, words = 'w') => {
    answers.shift()?.(hasPassed ? { hasPassed, words } : { hasPassed, words, cause: { kind: 'refused' } });
    await settle();
  };
  return { clock, checker, backend, answer, timeOut, sentAt, changes, reasons, cancelled: () => cancelled };
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
    checker.reportFailure('connection refused', { kind: 'refused' });
    expect(checker.status).toMatchObject({ health: 'down', reason: 'connection refused' });
  });

  it('probes at once on a suspicion, at most four times a second', async () => {
    const { clock, checker, answer, sentAt } = setUp({ interval: '10m' });
    checker.start();
    await answer(true);
    checker.suspect();
    await clock.pass(249);
    checker.suspect();
    expect(sentAt).toHaveLength(1);
    await clock.pass(1);
    checker.suspect();
    checker.suspect();
    expect(sentAt).toHaveLength(2);
    await answer(true);
    expect(checker.status.health).toBe('up');
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

  it('started twice, still has one probe out', async () => {
    const { checker, sentAt } = setUp();
    checker.start();
    checker.start();
    expect(sentAt).toHaveLength(1);
  });

  it('is checked on when asked, and an interval after that', async () => {
    const { clock, checker, answer, sentAt } = setUp();
    checker.start();
    await answer(true);
    await clock.pass(500);
    checker.probeNow();
    await answer(true);
    await clock.pass(2_000);
    expect(sentAt).toEqual([1_000, 1_500, 3_500]);
  });

  it('takes new settings at once, and keeps health and history', async () => {
    const { clock, checker, backend, answer, sentAt } = setUp();
    checker.start();
    await answer(true, 'good');
    const { since } = checker.status;
    await clock.pass(100);
    checker.update({ ...backend, healthCheck: { ...backend.healthCheck, interval: 300 } });
    expect(checker.status).toMatchObject({ health: 'up', reason: 'good', since });
    await answer(true, 'better');
    await clock.pass(300);
    expect(checker.probes.map((probe) => probe.words)).toEqual(['good', 'better']);
    expect(sentAt).toEqual([1_000, 1_100, 1_400]);
  });

  it('a connection refused to traffic is followed by a probe after a quarter of a second', async () => {
    const { clock, checker, answer, sentAt } = setUp();
    checker.start();
    await answer(true);
    await clock.pass(700);
    checker.reportFailure('connection refused', { kind: 'refused' });
    await clock.pass(250);
    expect(sentAt).toEqual([1_000, 1_950]);
    await answer(true, 'good again');
    expect(checker.status).toMatchObject({ health: 'up', reason: 'good again', since: 1_950 });
  });

  it('another failure seen by traffic leaves the next probe where it was', async () => {
    const { clock, checker, answer, sentAt } = setUp();
    checker.start();
    await answer(true);
    await clock.pass(700);
    checker.reportFailure('no connection within 3s', { kind: 'unreachable' });
    await clock.pass(1_300);
    expect(sentAt).toEqual([1_000, 3_000]);
  });

  it('what traffic found to be down is probed at the interval of those that are down', async () => {
    const { clock, checker, answer, sentAt } = setUp({ interval: '10s', downInterval: '500ms' });
    checker.start();
    await answer(true);
    await clock.pass(700);
    checker.reportFailure('connection refused', { kind: 'refused' });
    await clock.pass(400);
    // Said again and again, it puts nothing off.
    checker.reportFailure('connection refused', { kind: 'refused' });
    await clock.pass(100);
    expect(sentAt).toEqual([1_000, 2_200]);
    await answer(true);
    expect(checker.status.health).toBe('up');
  });

  it('a clock that is set back does not put the next probe off', async () => {
    const { clock, checker, answer, sentAt } = setUp();
    checker.start();
    clock.setBack(900);
    await answer(true);
    await clock.pass(2_000);
    expect(sentAt).toEqual([1_000, 2_100]);
  });

  it('stopped by whoever hears of a change, it schedules nothing', async () => {
    const { clock, checker, answer, changes } = setUp();
    changes.push = () => {
      checker.stop();
      return 0;
    };
    checker.start();
    await answer(false);
    expect(clock.pending).toBe(0);
  });

  it('once stopped, hears nothing from traffic', async () => {
    const { checker, answer, changes } = setUp();
    checker.start();
    await answer(true);
    checker.stop();
    checker.reportFailure('connection refused', { kind: 'refused' });
    expect([checker.status.health, changes.length]).toEqual(['up', 1]);
  });

  it('records when a probe went out and how long it took', async () => {
    const { clock, checker, answer } = setUp();
    checker.start();
    await clock.pass(20);
    await answer(false, 'connection refused');
    expect(checker.probes).toEqual([
      { at: 1_000, passed: false, durationMs: 7, words: 'connection refused', cause: { kind: 'refused' } },
    ]);
  });

  describe('a probe that times out', () => {
    const check = { interval: '1s', timeout: '1s' };

    it('while requests are in flight leaves health as it is, and shows the backend as busy', async () => {
      const { clock, checker, answer, timeOut, changes, reasons } = setUp(check, {
        inFlight: () => 2,
        progress: () => 0,
      });
      checker.start();
      await answer(true, 'good');
      await clock.pass(2_000);
      await timeOut();
      const busy = { reason: 'late; busy with 2 requests', since: 2_000 };
      expect(checker.status).toEqual({ health: 'up', reason: 'good', since: 1_000, busy });
      expect(checker.probes.at(-1)).toMatchObject({ passed: false, cause: { kind: 'busy' } });
      await clock.pass(1_000);
      await answer(true, 'good');
      expect(checker.status).toEqual({ health: 'up', reason: 'good', since: 1_000 });
      expect([changes.length, reasons.length]).toEqual([1, 2]);
    });

    it('takes the backend down after ten timeouts without a sign of life', async () => {
      const { clock, checker, answer, timeOut } = setUp(check, { inFlight: () => 1, progress: () => 0 });
      checker.start();
      await answer(true, 'good');
      for (let second = 1; second <= 9; second++) {
        await clock.pass(1_000);
        await timeOut();
        expect(checker.status.health).toBe('up');
      }
      await clock.pass(1_000);
      await timeOut();
      expect(checker.status).toMatchObject({ health: 'down', cause: { kind: 'timeout' } });
      expect(checker.status).not.toHaveProperty('busy');
    });

    it('does not while it responds to requests', async () => {
      let responses = 0;
      const { clock, checker, answer, timeOut } = setUp(check, {
        inFlight: () => 0,
        progress: () => ++responses,
      });
      checker.start();
      await answer(true, 'good');
      for (let second = 1; second <= 30; second++) {
        await clock.pass(1_000);
        await timeOut();
      }
      expect(checker.status).toMatchObject({ health: 'up', busy: { reason: 'late; busy' } });
    });

    it('leaves one that is down where it is', async () => {
      const { clock, checker, answer, timeOut } = setUp(check, { inFlight: () => 1, progress: () => 0 });
      checker.start();
      await answer(false, 'connection refused');
      await clock.pass(250);
      await timeOut();
      expect(checker.status).toMatchObject({ health: 'down', reason: 'late', cause: { kind: 'timeout' } });
    });
  });

  it('the system clock is the wall clock', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
