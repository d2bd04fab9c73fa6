import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';
import { POLICIES, type PolicyName } from '../../../../shared/config/policies.ts';
import { Fake, fakes, PLAIN, policyOf, requestOf } from '../../../support/candidates.ts';

const SEED = 20_250_801;

/** A request that has all that any policy goes by. */
const full = (user: number) =>
  requestOf({
    clientAddress: `10.0.0.${user}`,
    path: `/${user}`,
    headers: { 'X-User': `u${user}` },
    cookies: { session: `s${user}` },
  });

describe.each<[PolicyName]>(POLICIES.map((name) => [name]))('%s', (name) => {
  it('has nobody to pick from an empty or a dead list, or when all were tried', () => {
    const policy = policyOf(name);
    const candidates = fakes('abc');
    expect(policy.pick([], [], PLAIN)).toBeNull();
    expect(policy.pick(candidates, candidates, full(1))).toBeNull();
    for (const one of candidates) one.isUp = false;
    expect(policy.pick(candidates, [], full(1))).toBeNull();
    expect(policy.pick(candidates, [], PLAIN)).toBeNull();
  });

  it('picks the only one there is, whatever its weight or load', () => {
    const busy = new Fake('a', 1_000);
    busy.inFlight = 10_000;
    expect(policyOf(name).pick([busy], [], PLAIN)).toBe(busy);
    expect(policyOf(name).pick([busy], [], full(1))).toBe(busy);
  });

  it(`keeps to who is there, up and untried, while they come and go (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    const policy = policyOf(name);
    const all = fakes('abcdefgh').map((one, at) => new Fake(one.name, 1 + (at % 3)));
    for (let round = 0; round < 2_000; round++) {
      for (const one of all) {
        one.isUp = random() < 0.7;
        one.inFlight = Math.floor(random() * 4);
      }
      const present = all.filter(() => random() < 0.8);
      const tried = all.filter(() => random() < 0.2);
      const usable = present.filter((one) => one.isUp && !tried.includes(one));
      const request = random() < 0.5 ? PLAIN : full(Math.floor(random() * 50));
      const picked = policy.pick(present, tried, request);
      if (usable.length === 0) expect(picked).toBeNull();
      else expect(usable).toContain(picked);
      if (picked) policy.observe?.(picked, random() * 100);
    }
  });

  it('finds the last one that is left', () => {
    const policy = policyOf(name);
    const candidates = fakes('abcde');
    const [last] = candidates.slice(3);
    expect(
      policy.pick(
        candidates,
        candidates.filter((one) => one !== last),
        full(7),
      ),
    ).toBe(last);
  });
});

describe('first available', () => {
  it('stays with the first until it is out, and goes back to it', () => {
    const [a, b, c] = [new Fake('a'), new Fake('b'), new Fake('c')];
    const policy = policyOf('first-available');
    const pick = (tried: readonly Fake[] = []) => policy.pick([a, b, c], tried, PLAIN)?.name;
    expect([pick(), pick(), pick([a]), pick([a, b])]).toEqual(['a', 'a', 'b', 'c']);
    a.isUp = false;
    expect([pick(), pick(), pick([b])]).toEqual(['b', 'b', 'c']);
    a.isUp = true;
    expect(pick()).toBe('a');
  });

  it('follows the order of the list', () => {
    const [a, b] = [new Fake('a'), new Fake('b')];
    const policy = policyOf('first-available');
    expect(policy.pick([a, b], [], PLAIN)).toBe(a);
    expect(policy.pick([b, a], [], PLAIN)).toBe(b);
  });
});
