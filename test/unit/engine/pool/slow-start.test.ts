import { describe, expect, it } from 'vitest';
import { SlowStart } from '../../../../electron/engine/pool/slow-start.ts';
import { Fake, picks, policyOf } from '../../../support/candidates.ts';

describe('a slow start', () => {
  it('rises evenly from a tenth to the whole, and is over then', () => {
    let now = 5_000;
    const start = new SlowStart(() => now);
    expect([start.share, start.window]).toEqual([1, null]);
    start.begin(10_000);
    const shares = [0, 2_500, 5_000, 9_999, 10_000].map((passed) => {
      now = 5_000 + passed;
      return Number(start.share.toFixed(3));
    });
    expect(shares).toEqual([0.1, 0.325, 0.55, 1, 1]);
    expect(start.window).toBeNull();
  });

  it('says when it began and when it will be over', () => {
    const start = new SlowStart(() => 7_000);
    start.begin(2_000);
    expect(start.window).toEqual({ since: 7_000, until: 9_000 });
  });

  it('is not there when it takes no time, and a clock set back does not make it steeper', () => {
    let now = 1_000;
    const start = new SlowStart(() => now);
    start.begin(0);
    expect([start.share, start.window]).toEqual([1, null]);
    start.begin(100);
    now = 0;
    expect(start.share).toBe(0.1);
  });
});

describe('a backend that starts slowly', () => {
  const [a, b] = [new Fake('a'), new Fake('b')];

  it('takes its part of its turns under round robin', () => {
    b.share = 0.25;
    expect(picks(policyOf('round-robin'), [a, b], 15)).toBe('aaaabaaaabaaaab');
  });

  it('takes all of them where there is nobody else', () => {
    b.share = 0.1;
    expect(picks(policyOf('round-robin'), [b], 3)).toBe('bbb');
  });

  it('has its turns evenly spread by weight', () => {
    b.weight = 0.25;
    expect(picks(policyOf('weighted-round-robin'), [a, b], 10)).toBe('aabaaaabaa');
  });
});
