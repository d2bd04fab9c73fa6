import { describe, expect, it } from 'vitest';
import { POLICIES, type PolicyName } from '../../../../shared/config/policies.ts';
import { type Fake, fakes, PLAIN, policyOf, requestOf } from '../../../support/candidates.ts';

/** What a policy says of a pick. */
function whyOf(name: PolicyName, candidates: readonly Fake[], request = PLAIN): [string, string] {
  const policy = policyOf(name);
  const picked = policy.pick(candidates, [], request);
  return picked ? [picked.name, policy.why(picked, request)] : ['-', ''];
}

describe('why a policy picked the one it picked', () => {
  it.each(POLICIES)('%s has words for it that end a sentence', (name) => {
    const [picked, words] = whyOf(name, fakes('abc'));
    expect(picked).not.toBe('-');
    expect(words).toMatch(/^(it|of those|the|there) .*[^.]$/);
  });

  it('least connections tells whether others were level', () => {
    const [a, b, c] = fakes('abc');
    if (!a || !b || !c) throw new Error('the test is wrong');
    expect(whyOf('least-connections', [a, b, c])[1]).toBe(
      'it had the fewest requests in flight for its weight, as had 2 more, and it was its turn',
    );
    [a.inFlight, b.inFlight, c.inFlight] = [2, 3, 4];
    expect(whyOf('least-connections', [a, b, c])).toEqual([
      'a',
      'it had the fewest requests in flight for its weight',
    ]);
  });

  it('the policies that draw two name both, with what they cost', () => {
    const [a, b] = fakes('ab');
    if (!a || !b) throw new Error('the test is wrong');
    a.inFlight = 3;
    expect(whyOf('two-choices', [a, b])).toEqual([
      'b',
      'it was drawn with a: 0 in flight for its weight against 3 in flight for its weight',
    ]);
    expect(whyOf('two-choices', [a])).toEqual(['a', 'it was the only one to draw']);
    const ewma = policyOf('peak-ewma');
    ewma.observe?.(a, 80);
    expect(ewma.pick([a, b], [], PLAIN)?.name).toBe('b');
    expect(ewma.why(b, PLAIN)).toBe('it was drawn with a: not measured yet against a cost of 320.0 ms');
  });

  it('hashes name the key, or say that there is none', () => {
    expect(whyOf('ip-hash', fakes('a'))[1]).toBe(
      'of those that could serve, it comes first for the client "127.0.0.1"',
    );
    const request = requestOf({ headers: { 'X-User': 'ann' }, cookies: { session: 's' }, path: '/x' });
    expect(whyOf('header-hash', fakes('a'), request)[1]).toContain('the header X-User "ann"');
    expect(whyOf('cookie-hash', fakes('a'), request)[1]).toContain('the cookie session "s"');
    expect(whyOf('path-hash', fakes('a'), request)[1]).toContain('the path "/x"');
    expect(whyOf('header-hash', fakes('a'))[1]).toBe(
      'the request has not the header X-User, and it was its turn by weight',
    );
  });

  it('a sticky cookie says whether it was there, and whether it still names one that serves', () => {
    const policy = policyOf('sticky-cookie');
    const [a, b] = fakes('ab');
    if (!a || !b) throw new Error('the test is wrong');
    expect(policy.why(a, PLAIN)).toBe('there is no cookie session yet, and it was its turn by weight');
    const value = policy.cookieFor?.(a, PLAIN)?.match(/session=([^;]+)/)?.[1] ?? '';
    const back = requestOf({ cookies: { session: value } });
    expect(policy.why(a, back)).toBe('the cookie session names it');
    expect(policy.why(b, back)).toBe(
      'the cookie session names none that could serve, and it was its turn by weight',
    );
  });
});
