import { describe, expect, it } from 'vitest';
import { rendezvous } from '../../../../electron/engine/balancing/rendezvous.ts';
import { chiSquare, Fake, fakes, PLAIN, picks, policyOf, requestOf } from '../../../support/candidates.ts';

const KEYS = Array.from({ length: 10_000 }, (_, at) => `192.168.${at >> 8}.${at & 255}`);
/** As backends are called: they differ in the last digit. */
const five = () => [1, 2, 3, 4, 5].map((digit) => new Fake(`localhost:500${digit}`));

function placesOf(candidates: readonly Fake[]): string[] {
  return KEYS.map((key) => rendezvous(candidates, [], key)?.name ?? '-');
}

function sharesOf(candidates: readonly Fake[]): number[] {
  const places = placesOf(candidates);
  return candidates.map(({ name }) => places.filter((place) => place === name).length);
}

describe('rendezvous hashing', () => {
  it('shares the keys out evenly', () => {
    // The 0.999 quantile of χ² with 4 degrees of freedom.
    expect(chiSquare(sharesOf(five()), new Array<number>(5).fill(2_000))).toBeLessThan(18.47);
  });

  it('shares them out by weight', () => {
    const candidates = [
      new Fake('localhost:5001', 5),
      new Fake('localhost:5002', 3),
      new Fake('localhost:5003', 2),
    ];
    expect(chiSquare(sharesOf(candidates), [5_000, 3_000, 2_000])).toBeLessThan(13.82);
  });

  it('has one place for a key, whatever the order of the list', () => {
    const candidates = five();
    expect(placesOf([...candidates].reverse())).toEqual(placesOf(candidates));
    expect(placesOf(five())).toEqual(placesOf(candidates));
  });

  it('moves only the keys of one that goes, evenly to the others, and back with it', () => {
    const candidates = five();
    const before = placesOf(candidates);
    const [, , gone] = candidates;
    if (!gone) throw new Error('the test is wrong');
    const after = placesOf(candidates.filter((one) => one !== gone));
    const moved = KEYS.flatMap((_, at) => (before[at] === after[at] ? [] : [[before[at], after[at]]]));
    expect(moved.every(([from]) => from === gone.name)).toBe(true);
    expect(moved).toHaveLength(before.filter((name) => name === gone.name).length);
    const gained = candidates
      .filter((one) => one !== gone)
      .map(({ name }) => moved.filter(([, to]) => to === name).length);
    // The 0.999 quantile of χ² with 3 degrees of freedom.
    expect(chiSquare(gained, new Array<number>(4).fill(moved.length / 4))).toBeLessThan(16.27);
    gone.isUp = false;
    expect(placesOf(candidates)).toEqual(after);
    gone.isUp = true;
    expect(placesOf(candidates)).toEqual(before);
  });

  it('moves a sixth to a sixth that joins, and nothing between the others', () => {
    const candidates = five();
    const before = placesOf(candidates);
    const after = placesOf([new Fake('localhost:5006'), ...candidates]);
    const moved = KEYS.flatMap((_, at) => (before[at] === after[at] ? [] : [after[at]]));
    expect(new Set(moved)).toEqual(new Set(['localhost:5006']));
    expect(moved.length / KEYS.length).toBeCloseTo(1 / 6, 1.5);
  });

  it('moves keys only towards one whose weight grows', () => {
    const candidates = five();
    const before = placesOf(candidates);
    const [first] = candidates;
    if (first) first.weight = 2;
    const after = placesOf(candidates);
    expect(new Set(KEYS.flatMap((_, at) => (before[at] === after[at] ? [] : [after[at]])))).toEqual(
      new Set(['localhost:5001']),
    );
  });

  it('takes the second choice for an attempt that failed at the first, as if it were gone', () => {
    const candidates = five();
    for (const key of KEYS.slice(0, 200)) {
      const first = rendezvous(candidates, [], key);
      if (!first) throw new Error('the test is wrong');
      const others = candidates.filter((one) => one !== first);
      expect(rendezvous(candidates, [first], key)).toBe(rendezvous(others, [], key));
    }
  });
});

describe('the hash policies', () => {
  const requests = [1, 2, 3, 4, 5, 6, 7, 8].map((user) => ({
    clientAddress: `10.0.0.${user}`,
    path: `/users/${user}`,
    headers: { 'X-User': `u${user}` },
    cookies: { session: `s${user}` },
  }));

  it.each([
    ['ip-hash', 'clientAddress'],
    ['header-hash', 'headers'],
    ['cookie-hash', 'cookies'],
    ['path-hash', 'path'],
  ] as const)('%s goes by its own part of the request, and by nothing else', (name, part) => {
    const [policy, another] = [policyOf(name, 1), policyOf(name, 2)];
    const candidates = fakes('abcdef');
    const places = requests.map((one) => picks(policy, candidates, 3, requestOf({ [part]: one[part] })));
    for (const place of places) expect(new Set(place).size).toBe(1);
    expect(new Set(places).size).toBeGreaterThan(2);
    // The same for another instance, in another process or after a restart, and whatever else there is.
    expect(requests.map((one) => picks(another, candidates, 3, requestOf(one)))).toEqual(places);
  });

  it.each(['header-hash', 'cookie-hash'] as const)('%s spreads requests without it by weight', (name) => {
    const candidates = [new Fake('a', 5), new Fake('b'), new Fake('c')];
    expect(picks(policyOf(name), candidates, 7, PLAIN)).toBe('aabacaa');
  });

  it('an empty header is a value like any other', () => {
    const text = picks(policyOf('header-hash'), fakes('abc'), 6, requestOf({ headers: { 'X-User': '' } }));
    expect(new Set(text).size).toBe(1);
  });
});
