import { describe, expect, it } from 'vitest';
import { hash32 } from '../../../../electron/engine/balancing/hash.ts';
import { chiSquare } from '../../../support/candidates.ts';

/** Keys such as they come: names that differ in a digit or two, addresses of one network, paths, one character. */
const FAMILIES: readonly [string, readonly string[]][] = [
  ['ports', Array.from({ length: 16_000 }, (_, at) => `localhost:${at + 1_024}`)],
  ['addresses', Array.from({ length: 16_000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`)],
  ['paths', Array.from({ length: 16_000 }, (_, at) => `/api/items/${at}`)],
  ['users', Array.from({ length: 16_000 }, (_, at) => `user-${at.toString(16)}@example.org`)],
  ['beyond latin', Array.from({ length: 16_000 }, (_, at) => String.fromCharCode(0x4e00 + at))],
];

/** The 0.999 quantile of χ² with 255 degrees of freedom. */
const LIMIT_255 = 330.5;

describe('hash32', () => {
  it('is the same for ever: clients stay where they are over a release', () => {
    expect([hash32(''), hash32('a'), hash32('localhost:5001'), hash32('é'), hash32('日本')]).toEqual([
      2872998923, 444641715, 4166152804, 3136788073, 3490853225,
    ]);
  });

  it.each(FAMILIES)('spreads %s over its high and its low bits', (_name, keys) => {
    for (const shift of [24, 0]) {
      const buckets = new Array<number>(256).fill(0);
      for (const key of keys) {
        const at = (hash32(key) >>> shift) & 255;
        buckets[at] = (buckets[at] ?? 0) + 1;
      }
      const statistic = chiSquare(buckets, new Array<number>(256).fill(keys.length / 256));
      expect(statistic).toBeLessThan(LIMIT_255);
    }
  });

  it('changes half of its bits, and any of them, with one bit of the text', () => {
    const flips = new Array<number>(32).fill(0);
    let pairs = 0;
    for (let key = 0; key < 500; key++) {
      const text = `client-${key}`;
      for (let at = 0; at < text.length; at++) {
        for (let bit = 0; bit < 7; bit++) {
          const changed =
            text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
          const difference = hash32(text) ^ hash32(changed);
          for (let out = 0; out < 32; out++) flips[out] = (flips[out] ?? 0) + ((difference >>> out) & 1);
          pairs++;
        }
      }
    }
    for (const count of flips) expect(Math.abs(count / pairs - 0.5)).toBeLessThan(0.02);
  });

  it('hashes two texts one after the other apart from the same two the other way round', () => {
    expect(hash32('b', hash32('a'))).not.toBe(hash32('a', hash32('b')));
  });

  it('rarely gives two texts one hash', () => {
    const keys = FAMILIES.flatMap(([, family]) => family);
    // n²/2m: 80,000 keys in 32 bits share a hash less than once.
    expect(new Set(keys.map((key) => hash32(key))).size).toBeGreaterThanOrEqual(keys.length - 5);
  });
});
