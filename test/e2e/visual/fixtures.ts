import type { AppState } from '../../../shared/calls/contract.ts';
import { parseFault } from '../../../shared/config/fault-schema.ts';
import type { ExchangeLine, ExchangeView } from '../../../shared/view/exchange-record.ts';
import type {
  BackendSnapshot,
  ListenerSnapshot,
  SecondBucket,
  Snapshot,
} from '../../../shared/view/snapshot.ts';
import { backend, route, snapshotOf } from '../../renderer/fake-api.ts';

/** When all of it happens: a second begins, so that the chart ends at a whole one. */
export const AT = Date.UTC(2026, 0, 15, 9, 30, 0);
const SECOND = AT / 1_000;

export const CONFIG_TEXT = `{
  // three users, two carts
  "port": ":8080",
  "healthCheckInterval": "2s",
  "servers": [
    { "name": "users-1", "url": "http://localhost:5001" },
    { "name": "users-2", "url": "http://localhost:5002" },
    { "name": "users-3", "url": "http://localhost:5003", "weight": 2 }
  ]
}
`;

/** A window over a balancer that does this; the rest of it is as quiet as can be. */
export function stateOf(snapshot: Snapshot | null, change: Partial<AppState> = {}): AppState {
  return {
    engine: { kind: 'running' },
    snapshot,
    config: {
      text: CONFIG_TEXT,
      revision: 1,
      path: '/home/ada/shop/switchyard.json',
      isDemo: false,
      fileIssues: [],
      toAllow: [],
    },
    processes: { commands: [], instances: [] },
    traffic: null,
    trafficRuns: [],
    scenario: null,
    importReview: null,
    scenarioReport: null,
    platform: 'linux',
    version: '1.0.0',
    notice: null,
    ...change,
  };
}

/** It has done so much, with a second more or less like the one before. */
export function busy(name: string, port: number, change: Partial<BackendSnapshot> = {}): BackendSnapshot {
  const spread = port % 7;
  return backend(name, {
    url: `http://localhost:${port}`,
    health: { health: 'up', reason: 'HEAD / → 200', since: AT - 600_000 },
    probes: Array.from({ length: 60 }, (_, index) => ({
      at: AT - (60 - index) * 2_000,
      passed: true,
      durationMs: 1 + ((index * 7 + spread) % 5) / 4,
      words: 'HEAD / → 200',
    })),
    counters: {
      requests: 12_480 + spread * 31,
      inFlight: 1 + (spread % 3),
      byClass: [0, 12_400, 40, 40, 0],
      errors: 0,
      bytesIn: 1_000_000,
      bytesOut: 9_000_000,
      latency: { p50Ms: 2.1 + spread / 4, p95Ms: 8.4 + spread, p99Ms: 14.2 + spread },
    },
    ...change,
  });
}

export function down(name: string, port: number, change: Partial<BackendSnapshot> = {}): BackendSnapshot {
  const good = busy(name, port);
  return {
    ...good,
    health: {
      health: 'down',
      reason: 'connection refused',
      cause: { kind: 'refused' },
      since: AT - 34_000,
    },
    probes: good.probes.map((probe, index) =>
      index < 43 ? probe : { ...probe, passed: false, words: 'connection refused', durationMs: 0.3 },
    ),
    counters: { ...good.counters, errors: 18, inFlight: 0 },
    ...change,
  };
}

/** It responds, but not as its check expects. */
export function rejected(
  name: string,
  port: number,
  status: number,
  change: Partial<BackendSnapshot> = {},
): BackendSnapshot {
  const words = `HEAD / answered ${status}`;
  const good = busy(name, port);
  return down(name, port, {
    health: { health: 'down', reason: words, cause: { kind: 'status', status }, since: AT - 34_000 },
    probes: good.probes.map((probe) => ({ ...probe, passed: false, words })),
    counters: {
      ...good.counters,
      requests: 0,
      inFlight: 0,
      byClass: [0, 0, 0, 0, 0],
      errors: 0,
      latency: null,
    },
    ...change,
  });
}

/** Its probes get no response in time, because it serves requests. */
export function overloaded(name: string, port: number): BackendSnapshot {
  const good = busy(name, port);
  return {
    ...good,
    health: {
      ...good.health,
      busy: { reason: 'no answer within 1s; busy with 7 requests', since: AT - 12_000 },
    },
    probes: good.probes.map((probe, index) =>
      index < 54
        ? probe
        : {
            ...probe,
            passed: false,
            words: 'no answer within 1s; busy with 7 requests',
            cause: { kind: 'busy' as const },
            durationMs: 1_000,
          },
    ),
    counters: { ...good.counters, inFlight: 7 },
  };
}

/** With a crash simulated half a minute ago. */
export function broken(name: string, port: number): BackendSnapshot {
  const settings = parseFault('error 503 probability=0.3');
  if (!settings.ok) throw new Error(settings.error);
  return busy(name, port, {
    faults: [
      {
        text: 'error 503 probability=0.3',
        settings: settings.value,
        since: AT - 30_000,
        endsAt: null,
        requestsHit: 214,
        probesHit: 4,
        isSpent: false,
      },
    ],
  });
}

/** A minute of even traffic that one of them left before its end. */
export function minute(names: readonly string[], leaver?: string): SecondBucket[] {
  return Array.from({ length: 62 }, (_, index) => {
    const there = names.filter((name) => name !== leaver || index < 28);
    return {
      second: SECOND - 62 + index,
      pool: 'users',
      backends: there.toSorted(),
      requests: there.map((_, at) => Math.round((260 + 40 * Math.sin(index / 5 + at)) / there.length)),
      errors: there.map((_, at) => (index === 28 && at === 0 ? 6 : 0)),
      latency: { p50Ms: 3 + Math.sin(index / 7), p95Ms: 9 + 3 * Math.sin(index / 9), p99Ms: 16 },
    };
  });
}

export function snapshotAt(backends: readonly BackendSnapshot[], change: Partial<Snapshot> = {}): Snapshot {
  const base = snapshotOf(backends);
  return {
    ...base,
    at: AT,
    pools: base.pools.map((pool) => ({
      ...pool,
      latency: change.seconds ? { p50Ms: 3.1, p95Ms: 9.8, p99Ms: 17.2 } : null,
    })),
    ...change,
  };
}

export const listener = (change: Partial<ListenerSnapshot> = {}): ListenerSnapshot => ({
  name: ':8080',
  defaultPool: 'users',
  address: ':8080',
  url: 'http://localhost:8080',
  isReachableFromNetwork: false,
  isRehearsal: false,
  refusals: [],
  handshakeFailures: 0,
  tls: null,
  routes: [],
  state: { kind: 'listening', port: 8080 },
  ...change,
});

export const ROUTES = [
  route({ host: 'users.localhost', pool: 'users' }),
  route({ path: '/api', stripPrefix: true, pool: 'users' }),
  route({ path: '/old', redirect: { to: '/new', status: 308 } }),
  route({ host: '*.shop.localhost', path: '/health', respond: { status: 200, body: 'ok' } }),
];

/** Five that share the traffic: one is down, one is told to fail now and then, one is off. */
export const FIVE = [
  busy('users-1', 5001),
  busy('users-2', 5002),
  broken('users-3', 5003),
  down('users-4', 5004),
  busy('users-5', 5005, { admin: 'disabled' }),
];
export const five = (change: Partial<Snapshot> = {}): Snapshot =>
  snapshotAt(FIVE, {
    seconds: minute(['users-1', 'users-2', 'users-3', 'users-4'], 'users-4'),
    events: [
      {
        id: 1,
        at: AT - 34_000,
        kind: 'backend-down',
        pool: 'users',
        backend: 'users-4',
        reason: 'connection refused',
        cause: { kind: 'refused' },
        upMs: 566_000,
      },
      {
        id: 2,
        at: AT - 30_000,
        kind: 'faults-set',
        pool: 'users',
        backend: 'users-3',
        faults: ['error 503 probability=0.3'],
      },
      { id: 3, at: AT - 20_000, kind: 'admin', pool: 'users', backend: 'users-5', state: 'disabled' },
    ],
    ...change,
  });

const TARGETS = ['/', '/users?page=2', '/users/42', '/login', '/static/app.js', '/users/42/orders?sort=date'];

export function logOf(count: number): ExchangeLine[] {
  return Array.from({ length: count }, (_, index): ExchangeLine => {
    const isLost = index % 17 === 3;
    const isRetried = index % 11 === 5;
    return {
      id: index + 1,
      at: AT - (count - index) * 137,
      listener: ':8080',
      pool: 'users',
      client: '127.0.0.1',
      clientPort: 50_000 + index,
      method: index % 5 === 2 ? 'POST' : 'GET',
      target: TARGETS[index % TARGETS.length] ?? '/',
      status: isLost ? 503 : index % 9 === 4 ? 404 : 200,
      backend: isLost ? null : `users-${(index % 3) + 1}`,
      durationMs: 1.4 + ((index * 37) % 90) / 4,
      bytesIn: index % 5 === 2 ? 312 : 0,
      bytesOut: 60 + ((index * 131) % 9_000),
      tries: isRetried ? 2 : isLost ? 0 : 1,
      refused: isLost ? 'no-backend' : null,
    };
  });
}

const candidate = (name: string, inFlight: number, isDown = false) => ({
  backend: name,
  weight: 1,
  inFlight,
  health: isDown ? ('down' as const) : ('up' as const),
  forced: null,
  leftOut: isDown ? ('down' as const) : null,
});

/** Two that Switchyard refused: one for its head, and one that was no request. */
export function refusedLines(from: number): ExchangeLine[] {
  const own = { pool: null, backend: null, durationMs: 0, bytesIn: 0, bytesOut: 0, tries: 0 };
  const [line] = logOf(1);
  return line === undefined
    ? []
    : [
        { ...line, ...own, id: from, method: '', target: '', status: 400, refused: 'speaks-tls' },
        { ...line, ...own, id: from + 1, method: 'GET', target: '/', status: 431, refused: 'head-too-large' },
      ];
}

/** Refused for its head. */
export function refusedExchange(line: ExchangeLine): ExchangeView {
  return {
    ...exchangeOf(line),
    attempts: [],
    refusal: {
      code: 'head-too-large',
      message: 'The request head is larger than 16384 bytes. The limit is limits.head of the listener.',
    },
  };
}

/** Tried at one that refused, and served by another. */
export function exchangeOf(line: ExchangeLine): ExchangeView {
  const { tries: _, ...rest } = line;
  const head = `GET ${line.target} HTTP/1.1\r\nHost: localhost:8080\r\nAccept: application/json\r\nAuthorization: Bearer abcdef\r\n`;
  const attempt = { hasFailed: false, repairs: [], faults: [], connectedMs: 0.2, answeredMs: 2.8 };
  const why = {
    policy: 'round-robin' as const,
    words: 'it was its turn',
    candidates: [candidate('users-1', 2), candidate('users-2', 1), candidate('users-4', 0, true)],
  };
  return {
    ...rest,
    attempts: [
      {
        ...attempt,
        backend: 'users-4',
        startMs: 0,
        durationMs: 0.6,
        connectedMs: null,
        answeredMs: null,
        failure: 'connection refused',
        hasFailed: true,
        why,
      },
      { ...attempt, backend: 'users-2', startMs: 0.7, durationMs: 3.9, failure: null, why },
    ],
    unserved: null,
    refusal: null,
    heads: {
      request: `${head}\r\n`,
      forwarded: `${head.replace('localhost:8080', 'localhost:5002')}X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n\r\n`,
      answer:
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 312\r\nX-Forwarded-Server: http://localhost:5002\r\n\r\n',
    },
    bodies: null,
  };
}
