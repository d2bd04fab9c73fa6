import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POLICIES } from '../../shared/config/policies.ts';
import {
  type Asking,
  ask,
  balanceBy,
  type HeldBackend,
  policyValue,
  startHeldBackend,
} from '../support/balanced.ts';
import { startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { nameOf, oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const stops: (() => unknown)[] = [];
let a: HeldBackend;
let b: HeldBackend;
let c: HeldBackend;

beforeEach(async () => {
  [a, b, c] = [await startHeldBackend(), await startHeldBackend(), await startHeldBackend()];
  stops.push(a.stop, b.stop, c.stop);
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function balance(policy: unknown, servers: readonly unknown[] = [a.url, b.url, c.url]) {
  const engine = await balanceBy(policy, servers);
  stops.push(engine.stop);
  return engine;
}

/** Who answers, one request after the other. */
async function answerers(engine: TestEngine, count: number, asking: Asking = {}): Promise<string[]> {
  const by: string[] = [];
  for (let at = 0; at < count; at++) {
    const told = await ask(engine.port, asking);
    expect(told.status).toBe(200);
    by.push(told.by);
  }
  return by;
}

const inFlight = async (engine: TestEngine) =>
  (await engine.snapshot()).pools[0]?.backends.map(({ counters }) => counters.inFlight) ?? [];

/** Sends a request that is not answered until it is let go; resolves when it is in flight. */
async function hold(
  engine: TestEngine,
  ...backends: readonly HeldBackend[]
): Promise<HeldBackend | undefined> {
  const before = backends.map(({ held }) => held.length);
  const answered = ask(engine.port, { path: '/hold' });
  stops.push(async () => {
    for (const one of backends) one.letGo();
    await answered;
  });
  return until('it is held', () => backends.find(({ held }, at) => held.length > (before[at] ?? 0)));
}

it('weighted round robin is smooth', async () => {
  const engine = await balance('weighted-round-robin', [{ url: a.url, weight: 5 }, b.url, c.url]);
  const sequence = [a, a, b, a, c, a, a].map(({ url }) => url);
  expect(await answerers(engine, 14)).toEqual([...sequence, ...sequence]);
});

it('least connections sends past those that are busy', async () => {
  const engine = await balance('least-connections');
  const first = await hold(engine, a, b, c);
  const second = await hold(engine, a, b, c);
  const third = await hold(engine, a, b, c);
  expect(new Set([first, second, third])).toEqual(new Set([a, b, c]));
  expect(await inFlight(engine)).toEqual([1, 1, 1]);
  b.letGo();
  await until('one is free', async () => (await inFlight(engine))[1] === 0);
  expect(await answerers(engine, 5)).toEqual(new Array(5).fill(b.url));
});

it('two choices takes the less loaded of two', async () => {
  const engine = await balance('two-choices', [a.url, b.url]);
  const busy = await hold(engine, a, b);
  const other = busy === a ? b : a;
  expect(await answerers(engine, 5)).toEqual(new Array(5).fill(other.url));
});

it('peak EWMA leaves the slow one after its first answer', async () => {
  a.delayMs = 400;
  const engine = await balance('peak-ewma', [a.url, b.url]);
  const by = await answerers(engine, 20);
  expect(by.filter((url) => url === a.url)).toHaveLength(1);
  expect(by.slice(2)).toEqual(new Array(18).fill(b.url));
});

it('random reaches all', async () => {
  const engine = await balance('random');
  // That one of three is never drawn in 200 happens once in 10^35.
  expect(new Set(await answerers(engine, 200))).toEqual(new Set([a.url, b.url, c.url]));
});

it('first available goes down the list, and back up', async () => {
  const engine = await balance('first-available');
  const admin = (one: HeldBackend, state: 'enabled' | 'disabled') =>
    engine.engine.setAdmin({ pool: 'p', backend: nameOf(one.url), state });
  expect(await answerers(engine, 3)).toEqual([a.url, a.url, a.url]);
  await admin(a, 'disabled');
  expect(await answerers(engine, 2)).toEqual([b.url, b.url]);
  await b.stop();
  expect(await answerers(engine, 2)).toEqual([c.url, c.url]);
  await admin(a, 'enabled');
  expect(await answerers(engine, 1)).toEqual([a.url]);
});

describe('hashes', () => {
  /** Called so that everybody has the same place in every run, whatever the ports. */
  const named = () => [a, b, c].map(({ url }, at) => ({ url, name: `backend-${at + 1}` }));
  const users = Array.from({ length: 24 }, (_, at) => `user-${at}`);

  it.each<[unknown, (user: string) => Asking]>([
    [{ name: 'header-hash', header: 'x-user' }, (user) => ({ headers: { 'X-User': user } })],
    [{ name: 'cookie-hash', cookie: 'session' }, (user) => ({ headers: { Cookie: `a=b; session=${user}` } })],
    ['path-hash', (user) => ({ path: `/${user}?${Math.trunc(performance.now())}` })],
  ])('%j keeps each where it is, and moves only those of one that goes', async (policy, asking) => {
    const engine = await balance(policy, named());
    const places = async () => {
      const found: string[] = [];
      for (const user of users) found.push(...(await answerers(engine, 1, asking(user))));
      return found;
    };
    const before = await places();
    expect(new Set(before)).toEqual(new Set([a.url, b.url, c.url]));
    expect(await places()).toEqual(before);
    await engine.engine.apply({
      config: oneConfig([], {
        policy,
        servers: named()
          .filter(({ url }) => url !== b.url)
          .reverse(),
      }),
      options: { keepGoing: false },
    });
    const after = await places();
    expect(after.filter((url, at) => url !== before[at])).toHaveLength(
      before.filter((url) => url === b.url).length,
    );
  });

  // Only Linux and Windows have all of 127/8 for their own.
  it.skipIf(process.platform === 'darwin')('ip-hash goes by the address a client comes from', async () => {
    const engine = await balance('ip-hash', named());
    const from = (host: number) => answerers(engine, 3, { from: `127.0.0.${host}`, path: `/${host}` });
    const places: string[][] = [];
    for (let host = 1; host <= 16; host++) places.push(await from(host));
    for (const [first, ...others] of places) expect(others).toEqual([first, first]);
    expect(new Set(places.flat())).toEqual(new Set([a.url, b.url, c.url]));
  });

  it('ip-hash goes by whom a trusted proxy asks for, and by nobody that another names', async () => {
    const forwarded = (engine: TestEngine) =>
      Promise.all(
        users.map((_, at) => ask(engine.port, { headers: { 'X-Forwarded-For': `10.0.0.${at}` } })),
      ).then((told) => new Set(told.map(({ by }) => by)));
    const trusting = await balance('ip-hash', named());
    expect(await forwarded(trusting)).toEqual(new Set([a.url, b.url, c.url]));
    const config = oneConfig([], { policy: 'ip-hash', servers: named() }, { trustedProxies: [] });
    const strict = await startEngine(config);
    stops.push(strict.stop);
    expect((await forwarded(strict)).size).toBe(1);
  });

  it('the requests of one connection go each by its own header', async () => {
    const engine = await balance({ name: 'header-hash', header: 'X-User' }, named());
    const apart: string[] = [];
    for (const user of users) apart.push(...(await answerers(engine, 1, { headers: { 'X-User': user } })));
    const text = users.map((user) => `GET / HTTP/1.1\r\nHost: h\r\nX-User: ${user}\r\n\r\n`).join('');
    const client = new RawClient(engine.port).send(text);
    const told = () => [...client.text.matchAll(/X-Forwarded-Server: (\S+)\r/g)].map(([, url]) => url);
    await until('all are answered', () => told().length === users.length);
    client.close();
    expect(told()).toEqual(apart);
  });
});

describe('sticky cookie', () => {
  it('is set with the first answer and keeps the client where it is', async () => {
    const engine = await balance('sticky-cookie');
    const seats = new Map<string, string>();
    for (let client = 0; client < 3; client++) {
      const { by, cookie, headers } = await ask(engine.port);
      expect(headers['set-cookie']).toEqual([
        expect.stringMatching(/^switchyard=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
      seats.set(by, cookie ?? '');
    }
    expect([...seats.keys()]).toEqual([a.url, b.url, c.url]);
    for (const [url, Cookie] of seats) {
      for (let count = 0; count < 3; count++) {
        const { by, cookie } = await ask(engine.port, { headers: { Cookie } });
        expect([by, cookie]).toEqual([url, null]);
      }
    }
  });

  it('moves to another when its backend dies, in the same request, and stays there', async () => {
    const engine = await balance('sticky-cookie', [a.url, b.url]);
    const seated = await ask(engine.port);
    expect(seated.by).toBe(a.url);
    await a.stop();
    const moved = await ask(engine.port, { headers: { Cookie: seated.cookie ?? '' } });
    expect([moved.status, moved.by]).toEqual([200, b.url]);
    expect(moved.cookie).not.toBeNull();
    const stays = await ask(engine.port, { headers: { Cookie: moved.cookie ?? '' } });
    expect([stays.by, stays.cookie]).toEqual([b.url, null]);
  });

  it('holds over a restart when the config has its key', async () => {
    const policy = { name: 'sticky-cookie', cookie: 'seat', key: 'sixteen characters at least' };
    const before = await balance(policy);
    await ask(before.port);
    const seated = await ask(before.port);
    expect([seated.by, seated.cookie]).toEqual([b.url, expect.stringMatching(/^seat=/)]);
    const after = await balance(policy, [c.url, b.url, a.url]);
    const again = await ask(after.port, { headers: { Cookie: seated.cookie ?? '' } });
    expect([again.by, again.cookie]).toEqual([b.url, null]);
    const keyless = await balance({ name: 'sticky-cookie', cookie: 'seat' });
    const stranger = await ask(keyless.port, { headers: { Cookie: seated.cookie ?? '' } });
    expect([stranger.by, stranger.cookie]).toEqual([a.url, expect.stringMatching(/^seat=/)]);
  });

  it('goes with a switch of protocols too, beside the cookies of the backend', async () => {
    const backend = await startRawBackend((socket, text) => {
      const isProbe = text.includes('switchyard-probe');
      if (text.endsWith('\r\n\r\n'))
        socket.write(
          isProbe
            ? 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
            : 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSet-Cookie: own=1\r\n\r\n',
        );
    });
    stops.push(backend.stop);
    const engine = await balance('sticky-cookie', [backend.url]);
    const client = new RawClient(engine.port).send(
      'GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    const text = await client.receives('\r\n\r\n');
    client.close();
    expect(text).toMatch(/^HTTP\/1\.1 101 /);
    expect(text).toContain('\r\nSet-Cookie: own=1\r\n');
    expect(text).toMatch(/\r\nSet-Cookie: switchyard=[\w-]+; Path=\/; HttpOnly; SameSite=Lax\r\n/);
  });
});

describe('a backup', () => {
  it.each(POLICIES)('serves only while no other can: %s', async (name) => {
    const backup = { url: a.url, backup: true };
    const engine = await balance(policyValue(name), [backup, b.url, c.url]);
    const asking = { headers: { 'X-User': 'u', Cookie: 'session=s' } };
    expect(await answerers(engine, 8, asking)).not.toContain(a.url);
    await engine.engine.setAdmin({ pool: 'p', backend: nameOf(b.url), state: 'disabled' });
    expect(await answerers(engine, 3, asking)).toEqual([c.url, c.url, c.url]);
    // Nobody knows yet that it is gone: the attempt at it fails, and the backup answers.
    await c.stop();
    expect(await answerers(engine, 3, asking)).toEqual([a.url, a.url, a.url]);
    await engine.engine.setAdmin({ pool: 'p', backend: nameOf(b.url), state: 'enabled' });
    expect(await answerers(engine, 2, asking)).toEqual([b.url, b.url]);
  });
});

it('another policy under load drops nothing, and counts on', async () => {
  const engine = await balance('round-robin');
  for (const one of [a, b, c]) one.delayMs = 3;
  const statuses: number[] = [];
  let isOver = false;
  stops.push(() => {
    isOver = true;
  });
  const client = async (user: number) => {
    while (!isOver) {
      const headers = { 'X-User': `u${user}`, Cookie: `session=${user}` };
      statuses.push((await ask(engine.port, { path: `/${user}`, headers })).status);
    }
  };
  const clients = Array.from({ length: 12 }, (_, user) => client(user));
  for (const name of POLICIES.toReversed()) {
    const policy = policyValue(name);
    const servers = [a.url, b.url, { url: c.url, backup: name === 'random' }];
    const config = oneConfig([], { policy, servers });
    expect((await engine.engine.apply({ config, options: { keepGoing: false } })).ok).toBe(true);
    expect((await engine.snapshot()).pools[0]?.policy).toBe(name);
    const before = statuses.length;
    await until(`it serves by ${name}`, () => statuses.length >= before + 40);
  }
  isOver = true;
  await Promise.all(clients);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await inFlight(engine)).toEqual([0, 0, 0]);
  const counted = (await engine.snapshot()).pools[0]?.backends.map(({ counters }) => counters.requests) ?? [];
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(statuses.length);
});

it('ip-hash goes by the client a trusted proxy names, not by the proxy', async () => {
  const engine = await balance('ip-hash');
  const by = new Map<string, Set<string>>();
  for (let client = 1; client <= 40; client++) {
    const headers = { 'X-Forwarded-For': `203.0.113.${client}` };
    const both = await answerers(engine, 2, { headers });
    expect(new Set(both).size).toBe(1);
    by.set(both[0] ?? '', (by.get(both[0] ?? '') ?? new Set()).add(String(client)));
  }
  expect(by.size).toBe(3);
});
