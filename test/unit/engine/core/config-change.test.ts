import { expect, it } from 'vitest';
import { describeChange } from '../../../../electron/engine/core/config-change.ts';
import { configOf } from '../../../support/test-engine.ts';

const simple = (change: object = {}) => configOf({ servers: ['http://a', 'http://b'], ...change });
const pool = (change: object = {}) => ({ servers: ['http://a', 'http://b'], ...change });
const full = (pools: object, listeners: readonly object[] = [{ address: ':1', defaultPool: 'p' }]) =>
  configOf({ listeners, pools });

it.each<[string, ReturnType<typeof simple>, string]>([
  ['nothing', simple(), ''],
  ['a server more', simple({ servers: ['http://a', 'http://b', 'http://c'] }), 'added c'],
  ['a server less', simple({ servers: ['http://a'] }), 'removed b'],
  ['another server', simple({ servers: ['http://a', 'http://c'] }), 'added c; removed b'],
  ['another order', simple({ servers: ['http://b', 'http://a'] }), 'another order'],
  ['another interval', simple({ healthCheckInterval: '1s' }), 'interval 2s → 1s'],
  ['another policy', simple({ policy: 'weighted-round-robin' }), 'policy round-robin → weighted-round-robin'],
  [
    'a policy with a header',
    simple({ policy: { name: 'header-hash', header: 'X-User' } }),
    'policy round-robin → header-hash (X-User)',
  ],
  ['a backup', simple({ servers: ['http://a', { url: 'http://b', backup: true }] }), 'b a backup'],
  ['a weight', simple({ servers: [{ url: 'http://a', weight: 3 }, 'http://b'] }), 'a weight 1 → 3'],
  ['a base path', simple({ servers: [{ url: 'http://a/x', name: 'a' }, 'http://b'] }), 'a now http://a/x'],
  [
    'a server that checks differently',
    simple({ servers: [{ url: 'http://a', healthCheck: { rise: 2, path: '/up' } }, 'http://b'] }),
    'a check path / → /up; a check rise 1 → 2',
  ],
  ['another port', simple({ port: ':9' }), 'listener :8080 → :9'],
  ['a header less', simple({ exposeBackend: false }), 'changed listener :8080'],
])('%s', (_name, after, words) => {
  expect(describeChange(simple(), after).words).toBe(words);
});

it.each<[string, ReturnType<typeof simple>, string]>([
  [
    'another check',
    full({ p: pool({ healthCheck: { method: 'GET', expectedStatus: '204' } }) }),
    'check method HEAD → GET; check expectedStatus 200-399 → 204',
  ],
  [
    'headers of a check, whose values may be secrets',
    full({
      p: pool({ healthCheck: { headers: { Authorization: 'secret' }, expectedStatus: [200, '301-302'] } }),
    }),
    'check headers none → Authorization; check expectedStatus 200-399 → 200, 301-302',
  ],
  [
    'no checks',
    full({ p: pool({ healthCheck: { type: 'off', jitter: '50ms' } }) }),
    'check type http → off; check jitter none → 50ms',
  ],
  ['retries', full({ p: pool({ retries: { attempts: 5 } }) }), 'retry attempts 3 → 5'],
  ['timeouts', full({ p: pool({ timeouts: { connect: '500ms' } }) }), 'timeout connect 3s → 500ms'],
  ['a timeout more', full({ p: pool({ timeouts: { total: '1m' } }) }), 'timeout total none → 1m'],
  [
    'a queue',
    full({ p: pool({ queue: { size: 5, timeout: '1s' } }) }),
    'queue size 100 → 5; queue timeout 10s → 1s',
  ],
  [
    'a limit',
    full({ p: pool({ servers: [{ url: 'http://a', maxConnections: 4 }, 'http://b'] }) }),
    'a 4 requests at a time',
  ],
  ['another Host', full({ p: pool({ hostHeader: 'backend' }) }), 'Host header preserve → backend'],
  ['addresses as they are', full({ p: pool({ mapBack: false }) }), 'addresses in responses left as they are'],
  [
    'any certificate',
    full({ p: pool({ servers: [{ url: 'http://a', insecure: true }, 'http://b'] }) }),
    'a with any certificate',
  ],
  ['a pool more', full({ p: pool({ servers: ['http://a'] }), q: pool() }), 'p: removed b; added pool q'],
  [
    'another pool',
    full({ q: pool() }, [{ address: ':1', defaultPool: 'q' }]),
    'added pool q; removed pool p; changed listener :1',
  ],
  [
    'listeners',
    full({ p: pool() }, [
      { address: ':2', defaultPool: 'p' },
      { address: ':3', defaultPool: 'p' },
    ]),
    'added listener :2; added listener :3; removed listener :1',
  ],
])('%s, in the full form', (_name, after, words) => {
  expect(describeChange(full({ p: pool() }), after).words).toBe(words);
});

it('a timeout that is gone has a word too', () => {
  const limited = full({ p: pool({ timeouts: { total: '1m' } }) });
  expect(describeChange(limited, full({ p: pool() })).words).toBe('timeout total 1m → none');
});

it('another key is a change of its own, and is not told', () => {
  const sticky = (key: string) => simple({ policy: { name: 'sticky-cookie', cookie: 'c', key } });
  const { words } = describeChange(sticky('0123456789abcdef'), sticky('fedcba9876543210'));
  expect(words).toBe('another key for the sticky cookie');
});

it('of https it says whether it is spoken, and whether by another certificate, as far as that is known', () => {
  const withTls = (tls?: unknown, fingerprint?: string) => {
    const config = full({ p: pool() }, [{ address: ':1', defaultPool: 'p', tls }]);
    const certificate = fingerprint === undefined ? null : { path: '', cert: '', key: '', fingerprint };
    return { ...config, listeners: config.listeners.map((one) => ({ ...one, certificate })) };
  };
  const files = { cert: 'c', key: 'k' };
  const words = (before: ReturnType<typeof withTls>, after: ReturnType<typeof withTls>) =>
    describeChange(before, after).words;
  expect(words(withTls(), withTls('self-signed', 'A'))).toBe('listener :1 speaks https');
  expect(words(withTls('self-signed', 'A'), withTls())).toBe('listener :1 speaks plain http');
  expect(words(withTls(files, 'A'), withTls(files, 'B'))).toBe('another certificate for listener :1');
  expect(words(withTls(files, 'A'), withTls('self-signed'))).toBe('another certificate for listener :1');
  expect(words(withTls(files, 'A'), withTls(files, 'A'))).toBe('');
  // Not read yet, as when a text is looked at before it is applied.
  expect(words(withTls(files, 'A'), withTls(files))).toBe('');
});
