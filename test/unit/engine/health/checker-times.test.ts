import { describe, expect, it } from 'vitest';
import { HealthChecker } from '../../../../electron/engine/health/health-checker.ts';
import type { ProbeResult } from '../../../../electron/engine/health/probe.ts';
import type { BackendConfig } from '../../../../shared/config/config.ts';
import type { HealthStatus } from '../../../../shared/view/snapshot.ts';
import { FakeClock, settle } from '../../../support/fake-clock.ts';
import { oneConfig } from '../../../support/test-engine.ts';

function backendOf(check: object): BackendConfig {
  const backend = oneConfig(['http://localhost:1'], { healthCheck: check }).pools[0]?.backends[0];
  if (!backend) throw new Error('the test is wrong');
  return backend;
}

/** A checker whose probes each end at once, with the next of the answers, the last of them for good. */
function setUp(check: object, answers: ProbeResult[] = [passed], random: number[] = [0.5]) {
  const clock = new FakeClock();
  const sentAt: number[] = [];
  const changes: HealthStatus[] = [];
  let cancelled = 0;
  let durationMs = 1;
  let drawn = 0;
  const checker = new HealthChecker(backendOf(check), {
    clock,
    random: () => random[drawn++] ?? random.at(-1) ?? 0,
    probe: () => {
      sentAt.push(clock.now() - 1_000);
      return {
        result: Promise.resolve(answers[sentAt.length - 1] ?? answers.at(-1) ?? passed),
        durationMs: () => durationMs,
        cancel: () => cancelled++,
      };
    },
    observer: {
      onProbe: () => undefined,
      onChange: (status) => changes.push(status),
      onReason: () => undefined,
      onUnreachable: () => undefined,
    },
    work: { inFlight: () => 0, progress: () => 0 },
  });
  const pass = async (ms: number) => {
    await settle();
    await clock.pass(ms);
  };
  return {
    clock,
    pass,
    checker,
    sentAt,
    changes,
    cancelled: () => cancelled,
    lasts: (ms: number) => {
      durationMs = ms;
    },
  };
}

const passed: ProbeResult = { hasPassed: true, words: 'good' };
const failed: ProbeResult = { hasPassed: false, words: 'bad', cause: { kind: 'refused' } };

describe('downInterval', () => {
  it('is the time between probes from the one that found it down to the one that found it up', async () => {
    const { pass, checker, sentAt } = setUp({ interval: '5s', downInterval: '1s' }, [
      passed,
      failed,
      failed,
      passed,
    ]);
    checker.start();
    await pass(13_000);
    expect(sentAt).toEqual([0, 5_000, 6_000, 7_000, 12_000]);
  });

  it('is the interval when left out', async () => {
    const slow: ProbeResult = { ...failed, cause: { kind: 'timeout' } };
    const { pass, checker, sentAt } = setUp({ interval: '2s' }, [slow]);
    checker.start();
    await pass(4_000);
    expect(sentAt).toEqual([0, 2_000, 4_000]);
  });

  it('is a quarter of a second for ten seconds where nothing listens, then the interval again', async () => {
    const { pass, checker, sentAt } = setUp({ interval: '2s' }, [failed]);
    checker.start();
    await pass(14_000);
    expect(sentAt.slice(0, 3)).toEqual([0, 250, 500]);
    expect(sentAt.slice(-3)).toEqual([10_000, 12_000, 14_000]);
    expect(sentAt).toHaveLength(43);
  });

  it('is not shorter than the interval, nor where it is set', async () => {
    const often = setUp({ interval: '100ms' }, [failed]);
    often.checker.start();
    await often.pass(200);
    expect(often.sentAt).toEqual([0, 100, 200]);
    const set = setUp({ interval: '2s', downInterval: '3s' }, [failed]);
    set.checker.start();
    await set.pass(6_000);
    expect(set.sentAt).toEqual([0, 3_000, 6_000]);
  });

  it('does not hold while failures are fewer than fall', async () => {
    const { pass, checker, sentAt } = setUp({ interval: '5s', downInterval: '1s', fall: 2 }, [
      passed,
      failed,
    ]);
    checker.start();
    await pass(11_000);
    expect(sentAt).toEqual([0, 5_000, 10_000, 11_000]);
  });
});

describe('jitter', () => {
  it('makes each wait shorter or longer, by as much as is drawn', async () => {
    const { pass, checker, sentAt } = setUp({ interval: '2s', jitter: '500ms' }, [passed], [0, 0.5, 0.75, 1]);
    checker.start();
    await pass(8_250);
    expect(sentAt).toEqual([0, 1_500, 3_500, 5_750, 8_250]);
  });

  it('never shortens a wait below the shortest interval there is', async () => {
    const { pass, checker, sentAt } = setUp({ interval: '1s', jitter: '900ms' }, [passed], [0, 1]);
    checker.start();
    await pass(2_000);
    expect(sentAt).toEqual([0, 100, 2_000]);
  });
});

describe('startDelay', () => {
  it('puts the first probe off, and only that', async () => {
    const { pass, checker, sentAt } = setUp({ interval: '2s', startDelay: '10s' });
    checker.start();
    await pass(9_999);
    expect([sentAt, checker.status.health]).toEqual([[], 'unknown']);
    await pass(2_001);
    expect(sentAt).toEqual([10_000, 12_000]);
  });

  it('ends when somebody asks for a probe', async () => {
    const { pass, checker, sentAt } = setUp({ interval: '2s', startDelay: '10s' });
    checker.start();
    await pass(1_000);
    checker.probeNow();
    await pass(10_000);
    expect(sentAt).toEqual([1_000, 3_000, 5_000, 7_000, 9_000, 11_000]);
  });

  it('leaves nothing behind when stopped', async () => {
    const { clock, pass, checker, sentAt } = setUp({ startDelay: '10s' });
    checker.start();
    checker.stop();
    expect(clock.pending).toBe(0);
    await pass(20_000);
    expect(sentAt).toEqual([]);
  });
});

describe('type off', () => {
  it('never probes, says so, and does not take the backend out when traffic fails', async () => {
    const { clock, pass, checker, sentAt, changes } = setUp({ type: 'off' });
    checker.start();
    checker.probeNow();
    checker.reportFailure('connection refused', { kind: 'refused' });
    await pass(60_000);
    expect([sentAt, changes, clock.pending]).toEqual([[], [], 0]);
    expect(checker.status).toMatchObject({ health: 'unknown', reason: 'not checked' });
  });

  it('forgets what the checks had found, and what they are about to', async () => {
    const { pass, checker, sentAt, changes } = setUp({ interval: '2s' }, [failed]);
    checker.start();
    await settle();
    checker.probeNow();
    checker.update(backendOf({ type: 'off' }));
    await pass(60_000);
    expect(sentAt).toEqual([0, 0]);
    expect(changes.map(({ health, reason }) => [health, reason])).toEqual([
      ['down', 'bad'],
      ['unknown', 'not checked'],
    ]);
  });

  it('ends with a probe at once', async () => {
    const { checker, sentAt } = setUp({ type: 'off' });
    checker.start();
    checker.update(backendOf({ interval: '2s' }));
    expect([sentAt, checker.status.reason]).toEqual([[0], '']);
    await settle();
    expect(checker.status).toMatchObject({ health: 'up', reason: 'good' });
  });
});

describe('an answer that takes longer than the interval', () => {
  const late = '; it took 2.5s, longer than the interval of 2s';
  const answer = { status: 500, headers: {} };

  it.each<[ProbeResult, string]>([
    [passed, `good${late}`],
    [{ ...failed, answer }, `bad${late}`],
    // That one says how long it took itself.
    [failed, 'bad'],
  ])('is named: %j', async (result, words) => {
    const { checker, lasts } = setUp({ interval: '2s', timeout: '5s' }, [result]);
    lasts(2_500);
    checker.start();
    await settle();
    expect(checker.status.reason).toBe(words);
  });

  it('exactly as long is not', async () => {
    const { checker, lasts } = setUp({ interval: '2s', timeout: '5s' });
    lasts(2_000);
    checker.start();
    await settle();
    expect(checker.status.reason).toBe('good');
  });
});
