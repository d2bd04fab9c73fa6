import { expect, it } from 'vitest';
import { durationText } from '../../../../electron/services/import/durations.ts';

it.each([
  ['30', 's', '30s'],
  ['1m 30s', 's', '90s'],
  ['1h30', 's', '3630s'],
  ['500ms', 's', '500ms'],
  ['5000', 'ms', '5s'],
  ['1d', 'ms', '24h'],
  ['1500us', 'ms', '2ms'],
  ['0', 's', undefined],
  ['30d', 's', undefined],
  ['soon', 's', undefined],
  ['', 's', undefined],
  [undefined, 's', undefined],
  // Digits without end must not cost time without end.
  [`${'1'.repeat(5_000)}x`, 's', undefined],
] as const)('reads %j, plain numbers in %s, as %j', (text, plain, duration) => {
  expect(durationText(text, plain)).toBe(duration);
});
