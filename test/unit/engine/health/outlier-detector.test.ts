import { describe, expect, it } from 'vitest';
import { OutlierDetector } from '../../../../electron/engine/health/outlier-detector.ts';
import { Backend } from '../../../../electron/engine/pool/backend.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { oneConfig } from '../../../support/test-engine.ts';

function setUp(outliers: object, count = 4) {
  const urls = Array.from({ length: count }, (_, at) => `http://h${at}`);
  const [config] = oneConfig(urls, { outliers }).pools;
  if (!config?.outliers) throw new Error('the test is wrong');
  const settings = config.outliers;
  const backends = config.backends.map(
    (one) => new Backend('p', one, { keepAliveMs: 0, slowStartMs: 0 }, () => 0),
  );
  const clock = new FakeClock();
  const said: string[] = [];
  const detector = new OutlierDetector(clock, {
    onEjected: ({ name }, { reason }, forMs) => said.push(`${name} out ${forMs}: ${reason}`),
    onReturned: ({ name }, afterMs) => said.push(`${name} back ${afterMs}`),
  });
  detector.update(settings, backends);
  /** What the backends get, one character an answer: `+` passed, `-` failed. */
  const answers = (at: number, text: string) => {
    const backend = backends[at];
    if (!backend) throw new Error('the test is wrong');
    for (const one of text) detector.record(backend, one === '-');
  };
  return { backends, clock, said, detector, settings, answers };
}

describe('failures in a row', () => {
  it('eject at exactly so many; one that passes starts the count again', () => {
    const { answers, said, backends } = setUp({ consecutive: 3 });
    answers(0, '--+--+--');
    expect(said).toEqual([]);
    answers(0, '-');
    expect(said).toEqual(['h0 out 10000: 3 failures in a row']);
    expect(backends[0]?.isAvailable()).toBe(false);
    expect(backends[0]?.whyNot()).toBe('ejected');
  });

  it('of one backend are not those of another', () => {
    const { answers, said } = setUp({ consecutive: 3 });
    answers(0, '--');
    answers(1, '--');
    expect(said).toEqual([]);
  });

  it('of requests that were under way when it was ejected do not count', async () => {
    const { answers, said, clock } = setUp({ consecutive: 2 });
    answers(0, '------');
    await clock.pass(10_000);
    answers(0, '-');
    expect(said).toEqual(['h0 out 10000: 2 failures in a row', 'h0 back 10000']);
  });
});

describe('the rate of failures', () => {
  const rate = { consecutive: 1_000, failureRate: 50, minRequests: 10, window: '10s' };

  it('ejects from so many requests on, when so many percent of them failed', () => {
    const { answers, said } = setUp(rate);
    answers(0, '-+-+-+-+-');
    expect(said).toEqual([]);
    answers(0, '-');
    expect(said).toEqual(['h0 out 10000: 6 of the last 10 requests failed']);
  });

  it('looks no further back than the window', async () => {
    const { answers, said, clock } = setUp(rate);
    answers(0, '---------');
    await clock.pass(10_000);
    answers(0, '+++++-');
    expect(said).toEqual([]);
    await clock.pass(5_000);
    answers(0, '----');
    expect(said).toEqual(['h0 out 10000: 5 of the last 10 requests failed']);
  });
});

describe('an ejection', () => {
  it('lasts longer each time, up to a limit, and starts over after it did well for long', async () => {
    const { answers, said, clock } = setUp({ consecutive: 1, ejection: '10s', maxEjection: '25s' });
    for (let time = 0; time < 4; time++) {
      answers(0, '-');
      await clock.pass(25_000);
    }
    await clock.pass(25_001);
    answers(0, '-');
    expect(said.filter((one) => one.includes('out'))).toEqual([
      'h0 out 10000: a failure',
      'h0 out 20000: a failure',
      'h0 out 25000: a failure',
      'h0 out 25000: a failure',
      'h0 out 10000: a failure',
    ]);
  });

  it('is not made when too much of the pool would be out', async () => {
    const { answers, said, backends, clock } = setUp({ consecutive: 1, maxEjected: 50 });
    for (const at of [0, 1, 2, 3]) answers(at, '-');
    expect(said).toHaveLength(2);
    expect(backends.map((one) => one.isAvailable())).toEqual([false, false, true, true]);
    await clock.pass(10_000);
    answers(2, '-');
    expect(backends.map((one) => one.isAvailable())).toEqual([true, true, false, true]);
  });

  it.each([
    [1, 50, 0],
    [1, 100, 1],
    [3, 50, 1],
    [3, 0, 0],
    [4, 100, 4],
  ])('of %d backends with at most %d %%: %d', (count, maxEjected, out) => {
    const { answers, backends } = setUp({ consecutive: 1, maxEjected }, count);
    for (let at = 0; at < count; at++) answers(at, '-');
    expect(backends.filter((one) => one.ejection !== null)).toHaveLength(out);
  });

  it('ends when nothing is watched any more, and leaves no timer', () => {
    const { answers, backends, detector, clock } = setUp({ consecutive: 1 });
    answers(0, '-');
    detector.update(null, backends);
    expect(backends[0]?.isAvailable()).toBe(true);
    expect(clock.pending).toBe(0);
    answers(0, '-----');
    expect(backends[0]?.isAvailable()).toBe(true);
  });

  it('goes on over a change of the settings', async () => {
    const { answers, backends, detector, settings, clock } = setUp({ consecutive: 1 });
    answers(0, '-');
    detector.update({ ...settings, ejection: 1 }, backends);
    await clock.pass(9_999);
    expect(backends[0]?.isAvailable()).toBe(false);
    await clock.pass(1);
    expect(backends[0]?.isAvailable()).toBe(true);
  });
});
