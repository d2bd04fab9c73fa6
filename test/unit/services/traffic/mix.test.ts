import { expect, it } from 'vitest';
import { Mix } from '../../../../electron/services/traffic/mix.ts';

it.each([
  [[1], 'aaa'],
  [[1, 1], 'ababab'],
  [[3, 1], 'aabaaaba'],
  [[5, 1, 1], 'aabacaa'],
  [[1, 2], 'babbab'],
])('weights %j take turns as %s', (weights, expected) => {
  const mix = new Mix(weights.map((weight, index) => ({ path: 'abc'.charAt(index), weight })));
  expect(Array.from(expected, () => mix.next()).join('')).toBe(expected);
});
