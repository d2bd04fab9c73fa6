import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../electron/engine/balancing/seeded-random.ts';
import { Backend } from '../../../../electron/engine/pool/backend.ts';
import { Pool } from '../../../../electron/engine/pool/pool.ts';
import type { HealthCause } from '../../../../shared/view/health-cause.ts';
import { PLAIN, requestOf } from '../../../support/candidates.ts';
import { oneConfig } from '../../../support/test-engine.ts';

/** A pool of `http://a` and so on, a letter each; those in upper case are backups. */
function poolOf(letters: string, policy: unknown = 'round-robin') {
  const configOf = (names: string, settings: unknown) => {
    const servers = [...names].map((name) => ({
      url: `http://${name.toLowerCase()}`,
      name,
      backup: name !== name.toLowerCase(),
    }));
    const [config] = oneConfig([], { servers, policy: settings }).pools;
    if (!config) throw new Error('the test is wrong');
    return config;
  };
  let backends: readonly Backend[] = [];
  const pool = new Pool(configOf(letters, policy), {
    random: seededRandom(1),
    nowMs: () => 0,
    key: Buffer.from('sixteen characters'),
  });
  /** Those that were there stay the same objects. */
  const update = (names: string, settings: unknown = policy) => {
    const config = configOf(names, settings);
    const known = backends;
    backends = config.backends.map(
      (one) =>
        known.find((other) => other.name === one.name) ??
        new Backend('p', one, { keepAliveMs: 1_000, slowStartMs: 0 }, () => 0),
    );
    pool.update(config, backends);
  };
  update(letters);
  const of = (name: string): Backend => {
    const found = backends.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  const next = (count: number, tried: readonly Backend[] = []) =>
    Array.from({ length: count }, () => {
      const picked = pool.acquire(tried, PLAIN);
      if (picked) pool.release(picked);
      return picked?.name ?? '-';
    }).join('');
  return { pool, update, of, next };
}

describe('a pool', () => {
  it('counts what is in flight', () => {
    const { pool, of } = poolOf('a');
    pool.acquire([], PLAIN);
    pool.acquireAgain(of('a'));
    expect(of('a').inFlight).toBe(2);
    pool.release(of('a'));
    expect(of('a').inFlight).toBe(1);
  });

  it('goes on with its turns when backends join and leave, and begins anew with another policy', () => {
    const { update, next } = poolOf('abc');
    expect(next(2)).toBe('ab');
    update('abcd');
    expect(next(3)).toBe('cda');
    update('bcd');
    expect(next(2)).toBe('cd');
    update('bcd', 'first-available');
    expect(next(3)).toBe('bbb');
    update('bcd', { name: 'first-available' });
    expect(next(1)).toBe('b');
  });

  it('signs its cookies with one key, whatever it was switched to in between', () => {
    const { pool, update, of } = poolOf('ab', 'sticky-cookie');
    const before = pool.cookieFor(of('b'), PLAIN);
    update('ab', 'round-robin');
    expect(pool.cookieFor(of('b'), PLAIN)).toBeNull();
    update('ab', { name: 'sticky-cookie', cookie: 'switchyard' });
    expect(pool.cookieFor(of('b'), PLAIN)).toBe(before);
    const value = before?.slice('switchyard='.length).split(';')[0] ?? '';
    expect(pool.acquire([], requestOf({ cookies: { switchyard: value } }))?.name).toBe('b');
  });

  it('wants to know of latency only where a policy goes by it', () => {
    expect(poolOf('ab').pool.observesLatency).toBe(false);
    const { pool, of, next } = poolOf('ab', 'peak-ewma');
    expect(pool.observesLatency).toBe(true);
    pool.observe(of('a'), 50);
    pool.observe(of('b'), 10);
    expect(next(4)).toBe('bbbb');
  });
});

describe('backups', () => {
  it('serve while none of the others can, in their own turns, and the others go on in theirs', () => {
    const { of, next } = poolOf('aBcD');
    expect(next(3)).toBe('aca');
    of('a').health = 'down';
    expect(next(2)).toBe('cc');
    of('c').admin = 'disabled';
    expect(next(3)).toBe('BDB');
    of('a').health = 'up';
    of('c').admin = 'enabled';
    expect(next(2)).toBe('ac');
    of('a').health = 'down';
    of('c').health = 'down';
    expect(next(1)).toBe('D');
  });

  it('serve an exchange that has failed at all the others', () => {
    const { of, next } = poolOf('aBcD');
    expect(next(2, [of('a')])).toBe('cc');
    expect(next(2, [of('a'), of('c')])).toBe('BD');
    expect(next(1, [of('a'), of('c'), of('B'), of('D')])).toBe('-');
  });

  it('are all there is when all are backups', () => {
    expect(poolOf('AB').next(3)).toBe('ABA');
  });

  it('lose a client that was seated there as soon as another can serve', () => {
    const { pool, of } = poolOf('aB', 'sticky-cookie');
    of('a').health = 'down';
    const cookie = pool.cookieFor(of('B'), PLAIN)?.slice('switchyard='.length).split(';')[0] ?? '';
    const request = requestOf({ cookies: { switchyard: cookie } });
    expect(pool.acquire([], request)?.name).toBe('B');
    of('a').health = 'up';
    expect(pool.acquire([], request)?.name).toBe('a');
    expect(pool.cookieFor(of('a'), request)).toMatch(/^switchyard=/);
  });

  it('go by latency among themselves', () => {
    const { pool, of, next } = poolOf('aBC', 'peak-ewma');
    of('a').health = 'down';
    pool.observe(of('B'), 80);
    pool.observe(of('C'), 8);
    expect(next(20)).toBe('C'.repeat(20));
  });
});

describe('whenAllDown', () => {
  const down = (backend: Backend, cause: HealthCause) => {
    backend.health = 'down';
    backend.down = { words: '', cause };
  };

  it('"try": those that may respond are picked when none is available', () => {
    const { pool, of, next } = poolOf('abc');
    down(of('a'), { kind: 'status', status: 404 });
    down(of('b'), { kind: 'refused' });
    expect([next(2), pool.isTryingAnyway, pool.triedAnyway]).toEqual(['cc', false, 0]);
    down(of('c'), { kind: 'timeout' });
    expect([next(4), pool.isTryingAnyway, pool.triedAnyway]).toEqual(['acac', true, 4]);
    expect(next(1, [of('a')])).toBe('c');
    expect(next(1, [of('a'), of('c')])).toBe('-');
  });

  it('"try": one at its limit is waited for', () => {
    const { pool, of } = poolOf('a');
    const a = of('a');
    a.config = { ...a.config, maxConnections: 1 };
    down(a, { kind: 'status', status: 500 });
    expect(pool.acquire([], PLAIN)).toBe(a);
    expect(pool.acquire([], PLAIN)).toBeNull();
    expect(pool.hasBusy([])).toBe(true);
    // The marks are gone when the pick is over.
    expect(a.isAvailable()).toBe(false);
  });

  it('"try": backups come after the others, and ejected ones last', () => {
    const { of, next } = poolOf('abC');
    down(of('a'), { kind: 'status', status: 500 });
    of('b').ejection = { reason: '', until: 0 };
    down(of('C'), { kind: 'status', status: 500 });
    expect(next(1)).toBe('a');
    expect(next(1, [of('a')])).toBe('C');
    expect(next(1, [of('a'), of('C')])).toBe('b');
  });

  it('"try": what the user decided holds', () => {
    const { of, next } = poolOf('ab');
    for (const name of ['a', 'b']) down(of(name), { kind: 'status', status: 500 });
    of('a').admin = 'draining';
    of('b').forced = 'down';
    expect(next(1)).toBe('-');
  });
});
