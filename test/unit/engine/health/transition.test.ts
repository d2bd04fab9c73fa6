import { expect, it } from 'vitest';
import {
  afterFailure,
  afterProbe,
  type HealthState,
  INITIAL_HEALTH,
} from '../../../../electron/engine/health/transition.ts';

/** `+` a pass, `-` a failure; the result is the health after each. */
function run(results: string, rise: number, fall: number, from: HealthState = INITIAL_HEALTH): string {
  let state = from;
  return [...results]
    .map((result) => {
      state = afterProbe(state, result === '+', { rise, fall });
      return state.health === 'up' ? 'U' : 'D';
    })
    .join('');
}

it.each([
  ['the first result decides', '+', 3, 3, 'U'],
  ['also a bad one', '-', 3, 3, 'D'],
  ['one result flips by default', '+-+-', 1, 1, 'UDUD'],
  ['falls after three in a row', '+---', 1, 3, 'UUUD'],
  ['a pass resets the streak', '+--+--', 1, 3, 'UUUUUU'],
  ['rises after two in a row', '-++', 2, 1, 'DDU'],
  ['a failure resets the streak', '-+-++', 2, 1, 'DDDDU'],
])('%s: %s with rise %i and fall %i', (_name, results, rise, fall, expected) => {
  expect(run(results, rise, fall)).toBe(expected);
});

it('what traffic saw takes it down whatever fall says, and the next good probe starts the rise', () => {
  expect(afterFailure()).toEqual({ health: 'down', streak: 0 });
  expect(run('+', 1, 9, afterFailure())).toBe('U');
});
