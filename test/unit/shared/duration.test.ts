import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMend, formatDuration, parseDuration } from '../../../shared/config/duration.ts';

describe('a duration is read as Go reads it', () => {
  it.each([
    ['0', 0],
    ['1.s', 1_000],
    ['+2s', 2_000],
    ['1h1m1s1ms', 3_661_001],
    ['1500us', 1.5],
    ['1500µs', 1.5],
    ['1500μs', 1.5],
    ['1000000ns', 1],
    ['1.1s', 1_100],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });

  it.each(['.s', '1..s', '1m30', '1 s', '1S', '--1s', '1e3s', 'Infinity', '１s'])('%j is none', (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });
});

describe('a duration is written', () => {
  it.each([
    [0, '0s'],
    [0.4, '0s'],
    [500, '500ms'],
    [1_500, '1.5s'],
    [90_000, '1m30s'],
    [3_600_000, '1h'],
    [3_661_001, '1h1m1.001s'],
  ])('%d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('so that it is read back, whatever it is', () => {
    fc.assert(
      fc.property(fc.nat(), (ms) => {
        expect(parseDuration(formatDuration(ms))).toEqual({ ok: true, value: ms });
      }),
    );
  });
});

it.each([
  [2, 'write "2ms" or "2s"'],
  ['1.5', 'write "1.5ms" or "1.5s"'],
  [-2, 'write it like "2s"'],
  ['soon', 'write it like "2s"'],
  [null, 'write it like "2s"'],
])('what is none has a mend: %j', (input, mend) => {
  expect(durationMend(input)).toBe(`is not a duration; ${mend} (units: ms, s, m, h)`);
});
