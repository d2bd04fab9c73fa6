import { describe, expect, it } from 'vitest';
import { createPolicy } from '../../../electron/balancing/create-policy.ts';
import type { PolicyName } from '../../../shared/policies.ts';

class Fake {
  isUp = true;
  readonly inFlight = 0;
  readonly name: string;
  readonly weight: number;

  constructor(name: string, weight = 1) {
    this.name = name;
    this.weight = weight;
  }

  isAvailable(): boolean {
    return this.isUp;
  }
}

function picks(policy: PolicyName, candidates: readonly Fake[], count: number): string {
  const created = createPolicy(policy);
  return Array.from({ length: count }, () => created.pick(candidates, [])?.name ?? '-').join('');
}

const abc = () => [new Fake('a'), new Fake('b'), new Fake('c')];

describe('round robin', () => {
  it('takes each in turn', () => {
    expect(picks('round-robin', abc(), 7)).toBe('abcabca');
  });

  it('passes over one that is out, and takes it back in its place', () => {
    const candidates = abc();
    const policy = createPolicy('round-robin');
    const pick = () => policy.pick(candidates, [])?.name;
    expect(pick()).toBe('a');
    for (const one of candidates) one.isUp = one.name !== 'b';
    expect([pick(), pick(), pick()].join('')).toBe('cac');
    for (const one of candidates) one.isUp = true;
    expect([pick(), pick(), pick()].join('')).toBe('abc');
  });

  it('never picks one that was tried', () => {
    const candidates = abc();
    const policy = createPolicy('round-robin');
    expect(policy.pick(candidates, candidates.slice(0, 2))?.name).toBe('c');
    expect(policy.pick(candidates, candidates)).toBeNull();
  });

  it('has nobody to pick from an empty or a dead list', () => {
    expect(picks('round-robin', [], 1)).toBe('-');
    const dead = new Fake('a');
    dead.isUp = false;
    expect(picks('round-robin', [dead], 1)).toBe('-');
  });

  it('goes on when the list grows and shrinks', () => {
    const policy = createPolicy('round-robin');
    const [a, b, c] = [new Fake('a'), new Fake('b'), new Fake('c')];
    expect(policy.pick([a, b], [])?.name).toBe('a');
    expect(policy.pick([a, b, c], [])?.name).toBe('b');
    expect(policy.pick([a, b, c], [])?.name).toBe('c');
    expect(policy.pick([a], [])?.name).toBe('a');
  });
});

describe('weighted round robin', () => {
  it('is smooth: nginx gives a a b a c a a for 5, 1, 1', () => {
    expect(picks('weighted-round-robin', [new Fake('a', 5), new Fake('b'), new Fake('c')], 14)).toBe(
      'aabacaaaabacaa',
    );
  });

  it('keeps the shares of the others while one is out', () => {
    const candidates = [new Fake('a', 2), new Fake('b', 1), new Fake('c', 5)];
    const out = candidates[2];
    if (out) out.isUp = false;
    const sequence = picks('weighted-round-robin', candidates, 30);
    expect(sequence.replaceAll('a', '')).toHaveLength(10);
    expect(sequence.replaceAll('b', '')).toHaveLength(20);
  });
});
