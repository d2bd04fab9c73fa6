import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';
import { type Hit, Trigger } from '../../../../electron/engine/faults/trigger.ts';
import { faultSchema } from '../../../../shared/config/fault-schema.ts';

const REQUEST: Hit = {
  method: 'GET',
  path: '/users/7',
  header: (name) => (name === 'X-User' ? 'anna' : null),
};

function trigger(text: string): Trigger {
  return new Trigger(faultSchema.parse(text), seededRandom(1));
}

/** Which of the next requests are hit, by number from 1. */
function hits(one: Trigger, count: number): number[] {
  const hit: number[] = [];
  for (let number = 1; number <= count; number++) if (one.pull(REQUEST)) hit.push(number);
  return hit;
}

describe('which requests a fault hits', () => {
  it.each([
    ['crash', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['crash first=3', [1, 2, 3]],
    ['crash every=3', [3, 6, 9]],
    ['crash times=2', [1, 2]],
    ['crash every=3 times=2', [3, 6]],
    ['crash every=2 first=5', [2, 4]],
    ['crash method=GET path=/users header.X-User=anna', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['crash method=POST', []],
    ['crash path=/orders', []],
    ['crash header.X-User=ben', []],
    ['crash header.X-Other=anna', []],
  ])('%s', (text, expected) => {
    expect(hits(trigger(text), 10)).toEqual(expected);
  });

  it('hits by chance as often as it says', () => {
    const count = hits(trigger('crash probability=0.1'), 10_000).length;
    // Five standard deviations of a binomial with n = 10,000 and p = 0.1.
    expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('counts only what it is about', () => {
    const one = trigger('crash first=1 path=/orders');
    expect(one.pull(REQUEST)).toBe(false);
    expect(one.pull({ ...REQUEST, path: '/orders/1' })).toBe(true);
    expect(one.isSpent).toBe(true);
  });

  it('has nothing to match on a bare connection', () => {
    expect(trigger('crash path=/').pull(null)).toBe(false);
    expect(trigger('crash').pull(null)).toBe(true);
  });

  it('is spent when it can hit no more', () => {
    const one = trigger('crash every=2 first=3');
    expect([one.isSpent, one.pull(REQUEST), one.pull(REQUEST), one.isSpent]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    one.pull(REQUEST);
    expect(one.isSpent).toBe(true);
  });
});
