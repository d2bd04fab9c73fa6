import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { backend } from '../../renderer/fake-api.ts';
import { sampleReport } from '../../support/sample-report.ts';
import {
  AT,
  busy,
  CONFIG_TEXT,
  down,
  FIVE,
  five,
  listener,
  minute,
  overloaded,
  rejected,
  snapshotAt,
  stateOf,
} from './fixtures.ts';
import type { Scene } from './stage.ts';

const SMALL = { width: 900, height: 600 };
const TALL = { width: 1280, height: 1500 };
const FORTY = Array.from({ length: 40 }, (_, index) =>
  index % 9 === 4 ? down(`service-${index + 1}`, 6_000 + index) : busy(`service-${index + 1}`, 6_000 + index),
);
const LONG = 'a service whose name somebody has thought about for rather too long a time';
const UNUSABLE = {
  text: CONFIG_TEXT,
  revision: 1,
  path: '/home/ada/shop/switchyard.json',
  isDemo: false,
  toAllow: [],
  fileText: CONFIG_TEXT.replace('"2s"', '"soon"'),
  fileIssues: [
    {
      path: 'healthCheckInterval',
      keys: ['healthCheckInterval'],
      message: 'healthCheckInterval: "soon" is no duration; write "2s" or "500ms"',
      line: 4,
      column: 26,
      offset: 71,
      length: 6,
    },
  ],
};
const incident = {
  cause: 'latency 800ms±200ms affects=traffic',
  isSimulated: true,
  brokenAt: AT - 40_000,
  firstErrorAt: AT - 39_600,
  markedDownAt: AT - 37_400,
  backAt: null,
  failed: 7,
  rescued: 12,
};
/** In the simple form: 503 when the checks have taken all down. */
const refusing = (backends: readonly BackendSnapshot[]) => {
  const snapshot = snapshotAt(backends);
  const pools = snapshot.pools.map((pool) => ({
    ...pool,
    whenAllDown: 'refuse' as const,
    unavailable: 17,
  }));
  return { ...snapshot, pools };
};
const triedAnyway = () => {
  const names = ['users-1', 'users-2'];
  const { counters } = busy('users-1', 5001);
  const snapshot = snapshotAt(
    [
      rejected('users-1', 5001, 500, { counters: { ...counters, byClass: [0, 12_000, 0, 40, 440] } }),
      rejected('users-2', 5002, 500, { counters: { ...counters, byClass: [0, 11_800, 0, 40, 640] } }),
      down('users-3', 5003),
    ],
    { seconds: minute(names) },
  );
  const pools = snapshot.pools.map((pool) => ({
    ...pool,
    whenAllDown: 'try' as const,
    isTryingAnyway: true,
    triedAnyway: 24_960,
  }));
  return { ...snapshot, pools };
};
const withBusy = () =>
  snapshotAt([busy('users-1', 5001), overloaded('users-2', 5002), busy('users-3', 5003)], {
    seconds: minute(['users-1', 'users-2', 'users-3']),
  });
const failed = (reason: string) => ({
  listeners: [listener({ state: { kind: 'failed', reason } })],
});

/** The pool screen as it fills, and as things go wrong around it. */
export const POOL_SCENES: readonly Scene[] = [
  { name: 'pool-loading', state: stateOf(null), isWaiting: true },
  {
    name: 'pool-none',
    state: stateOf(null, { config: UNUSABLE }),
  },
  { name: 'pool-empty', state: stateOf(snapshotAt([])) },
  { name: 'pool-one', state: stateOf(snapshotAt([backend('users-1', { url: 'http://localhost:5001' })])) },
  { name: 'pool-five', state: stateOf(five()), size: TALL },
  {
    name: 'detection-gap',
    state: stateOf(
      snapshotAt(
        [
          busy('users-1', 5001),
          {
            ...down('users-2', 5002),
            incident: { ...incident, cause: 'connection refused', isSimulated: false },
          },
        ],
        {
          seconds: minute(['users-1', 'users-2']),
          events: [
            {
              id: 1,
              at: AT - 20_000,
              kind: 'incident',
              pool: 'users',
              backend: 'users-1',
              incident: { ...incident, backAt: AT - 20_000, firstErrorAt: null, failed: 0, rescued: 214 },
            },
          ],
        },
      ),
    ),
    size: SMALL,
  },
  { name: 'pool-five-small', state: stateOf(five()), size: SMALL },
  {
    name: 'pool-forty',
    state: stateOf(snapshotAt(FORTY, { seconds: minute(FORTY.map(({ name }) => name)) })),
    size: { width: 1280, height: 1500 },
  },
  {
    name: 'pool-long-names',
    state: stateOf(
      snapshotAt(
        [
          busy(LONG, 5001, {
            url: 'http://a-host-with-quite-a-long-name.internal.example.test:18080/base/path',
          }),
          down(`${LONG} 2`, 5002),
        ],
        {
          listeners: [
            listener({
              url: 'http://[2001:db8:1234:5678:9abc:def0:1234:5678]:18080',
              isReachableFromNetwork: true,
            }),
          ],
          seconds: minute([LONG, `${LONG} 2`]),
        },
      ),
    ),
    size: SMALL,
  },
  {
    name: 'pool-all-down',
    state: stateOf(
      snapshotAt([
        down('users-1', 5001),
        down('users-2', 5002),
        busy('users-3', 5003, { admin: 'disabled' }),
      ]),
    ),
  },
  {
    name: 'pool-all-rejected',
    state: stateOf(
      refusing([
        rejected('users-1', 5001, 404),
        rejected('users-2', 5002, 404),
        rejected('users-3', 5003, 401, {
          health: {
            health: 'down',
            reason: 'HEAD / answered 401',
            cause: { kind: 'status', status: 401 },
            since: AT - 34_000,
          },
        }),
        down('users-4', 5004),
        busy('users-5', 5005, { admin: 'disabled' }),
      ]),
    ),
  },
  {
    name: 'pool-all-rejected-small',
    state: stateOf(
      refusing([rejected('users-1', 5001, 404), rejected('users-2', 5002, 404), down('users-3', 5003)]),
    ),
    size: SMALL,
  },
  { name: 'pool-tried-anyway', state: stateOf(triedAnyway()) },
  { name: 'pool-tried-anyway-small', state: stateOf(triedAnyway()), size: SMALL },
  { name: 'pool-busy', state: stateOf(withBusy()) },
  { name: 'pool-busy-small', state: stateOf(withBusy()), size: SMALL },
  {
    name: 'pool-switched-off',
    state: stateOf(
      snapshotAt(FIVE, { isRunning: false, listeners: [listener({ state: { kind: 'stopped' } })] }),
    ),
  },
  {
    name: 'port-taken',
    state: stateOf(
      snapshotAt(
        [busy('users-1', 5001)],
        failed(':8080 is already in use; stop what listens there, or choose another port.'),
      ),
    ),
  },
  {
    name: 'port-forbidden',
    state: stateOf(
      snapshotAt(
        [busy('users-1', 5001)],
        failed(':80 needs more rights than this program has; choose a port from 1024 up.'),
      ),
    ),
  },
  {
    name: 'engine-restarting',
    state: stateOf(five(), { engine: { kind: 'restarting', reason: 'its thread ended' } }),
  },
  {
    name: 'engine-failed',
    state: stateOf(null, { engine: { kind: 'failed', reason: 'its thread ended' } }),
  },
  {
    name: 'banners',
    size: SMALL,
    state: stateOf(five(), {
      config: {
        ...UNUSABLE,
        toAllow: [
          {
            pool: 'users',
            name: 'api',
            command: 'node server.js',
            instances: 2,
            cwd: '/home/ada/shop',
            env: {},
          },
        ],
      },
      notice: 'Port 8080 is taken, so the demo listens on 8081.',
      scenarioReport: sampleReport({}),
    }),
  },
  {
    name: 'pool-demo',
    state: stateOf(
      snapshotAt(
        [1, 2, 3, 4, 5].map((one) => backend(`demo-${one}`, { url: `http://127.0.0.1:${40_000 + one}` })),
      ),
      {
        config: { text: '{}', revision: 1, path: null, isDemo: true, fileIssues: [], toAllow: [] },
      },
    ),
    size: SMALL,
  },
  {
    name: 'pool-processes',
    size: { width: 1280, height: 1300 },
    state: stateOf(snapshotAt([busy('api-1', 20001), down('api-2', 20002)]), {
      processes: {
        commands: [{ pool: 'users', name: 'api', wanted: 3 }],
        instances: [
          { pool: 'users', name: 'api-1', state: 'running', reason: null, port: 20001, pid: 4711 },
          {
            pool: 'users',
            name: 'api-2',
            state: 'backing-off',
            reason: 'exited with code 1',
            port: 20002,
            pid: null,
          },
          { pool: 'users', name: 'api-3', state: 'starting', reason: null, port: 20003, pid: 4713 },
        ],
      },
    }),
  },
];
