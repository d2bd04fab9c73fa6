import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../electron/engine/balancing/policy.ts';
import { StickyCookie } from '../../../../electron/engine/balancing/sticky-cookie.ts';
import { Fake, fakes, PLAIN, picks, requestOf } from '../../../support/candidates.ts';

const sticky = (key = 'a key of sixteen characters') => new StickyCookie('seat', key);

/** What a browser sends back of a `Set-Cookie`. */
function returning(setCookie: string | null | undefined) {
  const [, value = ''] = /^seat=([^;]*)/.exec(setCookie ?? '') ?? [];
  return requestOf({ cookies: { seat: value } });
}

/** The request of a client that has been answered by this one. */
const seatedAt = (policy: Policy, candidate: Fake) => returning(policy.cookieFor?.(candidate, PLAIN));

describe('sticky cookie', () => {
  it('seats new clients by weight, and keeps each where it is', () => {
    const policy = sticky();
    const candidates = [new Fake('a', 2), new Fake('b')];
    expect(picks(policy, candidates, 6)).toBe('abaaba');
    for (const one of candidates) {
      expect(picks(policy, candidates, 4, seatedAt(policy, one))).toBe(one.name.repeat(4));
    }
  });

  it('is for the session, out of reach of scripts, and tells nothing of the backend', () => {
    const cookie = sticky().cookieFor(new Fake('localhost:5001'), PLAIN);
    expect(cookie).toMatch(/^seat=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain('5001');
    expect(Buffer.from(cookie ?? '', 'base64url').toString('latin1')).not.toContain('5001');
  });

  it('is set once, and again when another backend has answered', () => {
    const policy = sticky();
    const [a, b] = [new Fake('a'), new Fake('b')];
    expect(policy.cookieFor(a, seatedAt(policy, a))).toBeNull();
    expect(policy.cookieFor(b, seatedAt(policy, a))).toBe(policy.cookieFor(b, PLAIN));
  });

  it('moves a client on when its backend is out, was tried or has gone, and there it stays', () => {
    const policy = sticky();
    const [a, b, c] = [new Fake('a'), new Fake('b'), new Fake('c')];
    const request = seatedAt(policy, b);
    expect(policy.pick([a, b, c], [b], request)?.name).toMatch(/[ac]/);
    expect(policy.pick([a, c], [], request)?.name).toMatch(/[ac]/);
    b.isUp = false;
    const next = policy.pick([a, b, c], [], request);
    if (!next) throw new Error('nobody was picked');
    const moved = returning(policy.cookieFor(next, request));
    b.isUp = true;
    expect(picks(policy, [a, b, c], 5, moved)).toBe(next.name.repeat(5));
    // Its old cookie still holds, if it had never got the new one.
    expect(policy.pick([a, b, c], [], request)).toBe(b);
  });

  it('ignores a value that was tampered with, cut, or made with another key', () => {
    const candidates = fakes('abc');
    const [, b] = candidates;
    if (!b) throw new Error('the test is wrong');
    const policy = sticky();
    const good = seatedAt(policy, b).cookie('seat') ?? '';
    const other = seatedAt(sticky('another key of its own'), b).cookie('seat') ?? '';
    const turned = `${good[0] === 'x' ? 'y' : 'x'}${good.slice(1)}`;
    for (const value of [
      turned,
      good.slice(1),
      `${good} `,
      good.toUpperCase(),
      other,
      'b',
      '',
      '__proto__',
    ]) {
      const request = requestOf({ cookies: { seat: value } });
      // Not a word about it: it is a new client.
      expect(picks(sticky(), candidates, 3, request), value).toBe('abc');
      expect(policy.cookieFor(b, request), value).toContain(good);
    }
  });

  it('holds over a restart and another order with the same key, and only then', () => {
    const [a, b] = [new Fake('a'), new Fake('b')];
    const request = seatedAt(sticky(), b);
    expect(picks(sticky(), [new Fake('b'), new Fake('a')], 3, request)).toBe('bbb');
    expect(picks(sticky('another key of its own'), [a, b], 4, request)).toBe('abab');
  });
});
