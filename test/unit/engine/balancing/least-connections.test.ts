import { describe, expect, it } from 'vitest';
import { Fake, fakes, PLAIN, picks, policyOf } from '../../../support/candidates.ts';

/** Picks so many, and leaves each in flight. */
function fill(candidates: readonly Fake[], count: number): string {
  const policy = policyOf('least-connections');
  return Array.from({ length: count }, () => {
    const picked = policy.pick(candidates, [], PLAIN);
    if (picked) picked.inFlight++;
    return picked?.name ?? '-';
  }).join('');
}

describe('least connections', () => {
  it('takes those that are level in turn', () => {
    expect(picks(policyOf('least-connections'), fakes('abc'), 7)).toBe('abcabca');
  });

  it('takes those that are level by weight', () => {
    const candidates = [new Fake('a', 5), new Fake('b'), new Fake('c')];
    expect(picks(policyOf('least-connections'), candidates, 7)).toBe('aabacaa');
  });

  it('takes the one with the fewest in flight', () => {
    const [a, b, c] = [new Fake('a'), new Fake('b'), new Fake('c')];
    [a.inFlight, b.inFlight, c.inFlight] = [2, 1, 3];
    const policy = policyOf('least-connections');
    expect(picks(policy, [a, b, c], 3)).toBe('bbb');
    b.inFlight = 2;
    expect(picks(policy, [a, b, c], 4)).toBe('abab');
  });

  it('fills all alike, and by weight', () => {
    const rounds = fill(fakes('abc'), 9).match(/.{3}/g) ?? [];
    expect(rounds.map((round) => [...round].sort().join(''))).toEqual(['abc', 'abc', 'abc']);
    const candidates = [new Fake('a', 3), new Fake('b', 1)];
    fill(candidates, 40);
    expect(candidates.map(({ inFlight }) => inFlight)).toEqual([30, 10]);
  });

  it('counts one third and two sixths as level', () => {
    const candidates = [new Fake('a', 3), new Fake('b', 6)];
    for (const [at, one] of candidates.entries()) one.inFlight = at + 1;
    expect(picks(policyOf('least-connections'), candidates, 3)).toBe('bab');
  });

  it('passes over one that is out, however idle it is', () => {
    const [a, b, c] = [new Fake('a'), new Fake('b'), new Fake('c')];
    [a.inFlight, b.inFlight, c.inFlight] = [0, 5, 9];
    a.isUp = false;
    const policy = policyOf('least-connections');
    expect(policy.pick([a, b, c], [], PLAIN)).toBe(b);
    expect(policy.pick([a, b, c], [b], PLAIN)).toBe(c);
    expect(policy.pick([a, b, c], [b, c], PLAIN)).toBeNull();
  });

  it('gives one that joins or comes back what it lacks, and no more', () => {
    const candidates = fakes('ab');
    fill(candidates, 6);
    const joined = [...candidates, new Fake('c')];
    expect(fill(joined, 3)).toBe('ccc');
    expect([...fill(joined, 3)].sort().join('')).toBe('abc');
  });
});
