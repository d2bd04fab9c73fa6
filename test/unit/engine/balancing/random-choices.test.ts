import { describe, expect, it } from 'vitest';
import { RandomDraw } from '../../../../electron/engine/balancing/random.ts';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';
import { TwoChoices } from '../../../../electron/engine/balancing/two-choices.ts';
import { chiSquare, counts, Fake, fakes, PLAIN, picks, policyOf } from '../../../support/candidates.ts';

const SEED = 4_711;
/** The 0.999 quantiles of χ² with so many degrees of freedom. */
const LIMIT = { 2: 13.82, 3: 16.27, 4: 18.47 } as const;

describe(`random, seed ${SEED}`, () => {
  it('gives all of one weight the same', () => {
    const observed = counts(picks(policyOf('random', SEED), fakes('abcd'), 8_000), 'abcd');
    expect(chiSquare(observed, [2_000, 2_000, 2_000, 2_000])).toBeLessThan(LIMIT[3]);
  });

  it('goes by weight', () => {
    const candidates = [new Fake('a', 5), new Fake('b', 3), new Fake('c', 2)];
    const observed = counts(picks(policyOf('random', SEED), candidates, 10_000), 'abc');
    expect(chiSquare(observed, [5_000, 3_000, 2_000])).toBeLessThan(LIMIT[2]);
  });

  it('shares what one that is out would have had by the weights of the others', () => {
    const candidates = [new Fake('a', 5), new Fake('b', 3), new Fake('c', 2), new Fake('d', 10)];
    const [, , , out] = candidates;
    if (out) out.isUp = false;
    const observed = counts(picks(policyOf('random', SEED), candidates, 10_000), 'abcd');
    expect(observed[3]).toBe(0);
    expect(chiSquare(observed.slice(0, 3), [5_000, 3_000, 2_000])).toBeLessThan(LIMIT[2]);
  });

  it('does not remember the pick before', () => {
    const text = picks(policyOf('random', SEED), fakes('ab'), 8_001);
    const pairs = ['aa', 'ab', 'ba', 'bb'].map(
      (pair) => [...text.slice(1)].filter((name, at) => (text[at] ?? '') + name === pair).length,
    );
    expect(chiSquare(pairs, [2_000, 2_000, 2_000, 2_000])).toBeLessThan(LIMIT[3]);
  });

  it('takes the first and the last at the ends of what is drawn', () => {
    const candidates = fakes('abc');
    const drawn = (value: number) => new RandomDraw(() => value).pick(candidates, [])?.name;
    expect([drawn(0), drawn(1 / 3), drawn(1 - 2 ** -53)]).toEqual(['a', 'b', 'c']);
  });
});

describe(`two choices, seed ${SEED}`, () => {
  /** Two candidates by what the random source says: the first of `n`, then the other of those left. */
  const between = (candidates: readonly Fake[], ...drawn: number[]) =>
    new TwoChoices(() => drawn.shift() ?? 0).pick(candidates, [])?.name;

  it('takes the less loaded of the two it has drawn, in either order', () => {
    const candidates = fakes('abc');
    for (const [at, one] of candidates.entries()) one.inFlight = [3, 0, 1][at] ?? 0;
    // Of a b c: 0.1 draws a, 0.5 b, 0.9 c; of the two that are left, 0.1 the first and 0.9 the second.
    expect(between(candidates, 0.1, 0.9)).toBe('c');
    expect(between(candidates, 0.9, 0.1)).toBe('c');
    expect(between(candidates, 0.1, 0.1)).toBe('b');
    expect(between(candidates, 0.5, 0.9)).toBe('b');
  });

  it('never picks the more loaded of its two, whatever is drawn', () => {
    const random = seededRandom(SEED);
    for (let round = 0; round < 5_000; round++) {
      const candidates = fakes('abcde').map(({ name }) => new Fake(name, 1 + Math.floor(random() * 3)));
      for (const one of candidates) one.inFlight = Math.floor(random() * 6);
      // With only two of them left the two are known.
      const [first, second] = candidates;
      const picked = new TwoChoices(random).pick(candidates, candidates.slice(2));
      const other = picked === first ? second : first;
      if (!picked || !other) throw new Error('the test is wrong');
      expect(picked.inFlight / picked.weight).toBeLessThanOrEqual(other.inFlight / other.weight);
    }
  });

  it('never picks the most loaded of all', () => {
    const candidates = fakes('abcd');
    for (const [at, one] of candidates.entries()) one.inFlight = at;
    expect(picks(policyOf('two-choices', SEED), candidates, 2_000)).not.toContain('d');
  });

  it('at rest goes by weight', () => {
    const candidates = [new Fake('a', 5), new Fake('b', 3), new Fake('c', 2)];
    const observed = counts(picks(policyOf('two-choices', SEED), candidates, 10_000), 'abc');
    expect(chiSquare(observed, [5_000, 3_000, 2_000])).toBeLessThan(LIMIT[2]);
  });

  it('keeps a crowd far closer together than random does', () => {
    const spread = (name: 'random' | 'two-choices') => {
      const candidates = fakes('abcdefghij');
      const policy = policyOf(name, SEED);
      for (let count = 0; count < 10_000; count++) {
        const picked = policy.pick(candidates, [], PLAIN);
        if (picked) picked.inFlight++;
      }
      return Math.max(...candidates.map(({ inFlight }) => inFlight)) - 1_000;
    };
    expect(spread('two-choices')).toBeLessThanOrEqual(5);
    expect(spread('random')).toBeGreaterThan(20);
  });
});
