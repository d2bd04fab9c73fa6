import { describe, expect, it } from 'vitest';
import { joinMarks, placeOf, scaleOf, ticksOf } from '../../renderer/features/traffic/histogram-scale.ts';
import { caveatsOf, differencesOf, verdictOf } from '../../renderer/features/traffic/run-difference.ts';
import { punctualityWords } from '../../renderer/features/traffic/run-words.ts';
import type { TrafficLatency, TrafficRun } from '../../shared/view/traffic.ts';
import { latencyOf, runOf } from './traffic-runs.ts';

const words = (latencies: readonly TrafficLatency[]) => ticksOf(scaleOf(latencies)).map((tick) => tick.words);

describe('the scale of the histogram', () => {
  it.each<[string, readonly number[], readonly string[]]>([
    ['nothing yet', [], ['1 ms', '10 ms', '100 ms']],
    ['two decades at least', [2], ['1 ms', '10 ms', '100 ms']],
    ['whole decades around all there is', [0.5, 12], ['0.1 ms', '1 ms', '10 ms', '100 ms']],
    ['down from the end', [60_000], ['1 s', '10 s', '100 s']],
  ])('%s', (_name, ms, ticks) => {
    expect(words(ms.length === 0 ? [] : [latencyOf(ms)])).toEqual(ticks);
  });

  it('covers both where there are two', () => {
    expect(words([latencyOf([2]), latencyOf([300])])).toEqual(['1 ms', '10 ms', '100 ms', '1 s']);
  });

  it('is logarithmic', () => {
    const scale = scaleOf([latencyOf([2])]);
    expect([1, 10, 100, 0.1, 5_000].map((ms) => placeOf(ms, scale))).toEqual([
      0,
      expect.closeTo(0.5),
      expect.closeTo(1),
      0,
      1,
    ]);
  });

  it('marks that would run into each other are told together', () => {
    const marks = [
      { place: 0.5, words: 'max' },
      { place: 0.1, words: 'p50' },
      { place: 0.12, words: 'p90' },
      { place: 0.15, words: 'p99' },
    ];
    expect(joinMarks(marks, 0.01)).toEqual([
      { place: 0.1, words: 'p50 p90 p99' },
      { place: 0.5, words: 'max' },
    ]);
    expect(joinMarks(marks, 0.001)).toHaveLength(4);
  });
});

describe('two runs', () => {
  const A = runOf(1, { policy: 'round-robin' }, { latency: latencyOf([10, 10, 100]) });
  const B = runOf(2, { policy: 'least-connections', attempts: 312 }, { latency: latencyOf([10, 10, 67]) });
  const line = (before: TrafficRun, after: TrafficRun, name: string) =>
    differencesOf(before, after).find((one) => one.name === name);

  it('what differs is told in words', () => {
    expect(line(A, B, 'p50')).toMatchObject({ words: 'the same', tone: 'same' });
    expect(line(A, B, 'p99')).toMatchObject({ before: '100 ms', after: '67.0 ms', words: '33 % lower' });
    expect(line(A, B, 'p99')?.tone).toBe('better');
    expect(line(B, A, 'Slowest')).toMatchObject({ words: '49 % higher', tone: 'worse' });
    expect(line(A, B, 'Attempts beyond requests')).toMatchObject({ before: '0', after: '12' });
  });

  it('failures are told in numbers', () => {
    const failing = runOf(3, {}, { answers: { '200': 270, '503': 30 } });
    expect(line(A, failing, 'Failed')).toEqual({
      name: 'Failed',
      before: '0 (0.0 %)',
      after: '30 (10.0 %)',
      words: '30 more',
      tone: 'worse',
    });
    expect(verdictOf(A, failing)).toContain('30 more failed.');
  });

  it.each<[string, TrafficRun, string]>([
    ['better', B, 'Least connections had a p99 33 % lower than round robin.'],
    ['twice', runOf(4, {}, { latency: latencyOf([300]) }), 'B had a p99 200 % higher than A.'],
    ['about the same', runOf(5, {}, { latency: latencyOf([102]) }), 'B had about the same p99 as A.'],
    [
      'without answers',
      runOf(6, {}, { latency: null }),
      'B and A cannot be compared by latency: one of them had no answers.',
    ],
  ])('in a sentence: %s', (_name, after, sentence) => {
    expect(verdictOf(A, after)).toBe(sentence);
  });

  it('says why they are not like for like', () => {
    expect(caveatsOf(A, B)).toEqual([]);
    const { plan } = A.progress;
    const other = runOf(
      3,
      { hasPolicyChanged: true },
      {
        state: 'stopped',
        punctuality: { lateP99Ms: 91.4, lateMaxMs: 120, heldBack: 0 },
        plan: {
          ...plan,
          pool: 'orders',
          method: 'POST',
          load: { kind: 'rate', perSecond: 500, durationMs: 30_000 },
        },
      },
    );
    expect(caveatsOf(A, other)).toEqual([
      'The pools differ: users and orders.',
      'The loads differ: 300 requests, 10 at a time, and 500 req/s for 30 s.',
      'What was asked for differs.',
      'Not both ran to their end.',
      'In B the generator itself was late by 91.4 ms (p99): the machine was at its limit.',
      'The policy was changed during one of them.',
    ]);
  });
});

it.each([
  [
    { lateP99Ms: 0.9, lateMaxMs: 3.2, heldBack: 0 },
    'The generator kept its schedule: late by 0.9 ms (p99; 3.2 ms at most).',
    false,
  ],
  [
    { lateP99Ms: 12, lateMaxMs: 38, heldBack: 1 },
    "The generator was late by 12.0 ms (p99; 38.0 ms at most): this machine is at its limit, and part of the latency is the generator's own. 1 request waited for one of 256 connections; the wait is in the latency.",
    true,
  ],
])('how punctual it was: %o', (punctuality, sentence, isLate) => {
  expect(punctualityWords(punctuality)).toEqual({ words: sentence, isLate });
});
