import { describe, expect, it } from 'vitest';
import { Fake, fakes, PLAIN, picks, policyOf } from '../../../support/candidates.ts';

describe('round robin', () => {
  it('takes each in turn', () => {
    expect(picks(policyOf('round-robin'), fakes('abc'), 7)).toBe('abcabca');
  });

  it('passes over one that is out, and takes it back in its place', () => {
    const candidates = fakes('abc');
    const policy = policyOf('round-robin');
    const pick = () => policy.pick(candidates, [], PLAIN)?.name;
    expect(pick()).toBe('a');
    for (const one of candidates) one.isUp = one.name !== 'b';
    expect([pick(), pick(), pick()].join('')).toBe('cac');
    for (const one of candidates) one.isUp = true;
    expect([pick(), pick(), pick()].join('')).toBe('abc');
  });

  it('never picks one that was tried', () => {
    const candidates = fakes('abc');
    const policy = policyOf('round-robin');
    expect(policy.pick(candidates, candidates.slice(0, 2), PLAIN)?.name).toBe('c');
    expect(policy.pick(candidates, candidates, PLAIN)).toBeNull();
  });

  it('has nobody to pick from an empty or a dead list', () => {
    expect(picks(policyOf('round-robin'), [], 1)).toBe('-');
    const dead = new Fake('a');
    dead.isUp = false;
    expect(picks(policyOf('round-robin'), [dead], 1)).toBe('-');
  });

  it('goes on when the list grows and shrinks', () => {
    const policy = policyOf('round-robin');
    const [a, b, c] = [new Fake('a'), new Fake('b'), new Fake('c')];
    expect(policy.pick([a, b], [], PLAIN)?.name).toBe('a');
    expect(policy.pick([a, b, c], [], PLAIN)?.name).toBe('b');
    expect(policy.pick([a, b, c], [], PLAIN)?.name).toBe('c');
    expect(policy.pick([a], [], PLAIN)?.name).toBe('a');
  });
});

describe('weighted round robin', () => {
  it('is smooth: nginx gives a a b a c a a for 5, 1, 1', () => {
    expect(
      picks(policyOf('weighted-round-robin'), [new Fake('a', 5), new Fake('b'), new Fake('c')], 14),
    ).toBe('aabacaaaabacaa');
  });

  it('keeps the shares of the others while one is out', () => {
    const candidates = [new Fake('a', 2), new Fake('b', 1), new Fake('c', 5)];
    const out = candidates[2];
    if (out) out.isUp = false;
    const sequence = picks(policyOf('weighted-round-robin'), candidates, 30);
    expect(sequence.replaceAll('a', '')).toHaveLength(10);
    expect(sequence.replaceAll('b', '')).toHaveLength(20);
  });
});
