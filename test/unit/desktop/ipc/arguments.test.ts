import { describe, expect, it } from 'vitest';
import { argumentParsers } from '../../../../electron/desktop/ipc/arguments.ts';
import { LINE_LENGTH } from '../../../../electron/services/processes/output-lines.ts';
import type { CallName } from '../../../../shared/calls/contract.ts';
import { LINES_KEPT } from '../../../../shared/view/output-line.ts';

const key = { pool: 'default', backend: 'localhost:5001' };
const plan = {
  listener: ':8080',
  pool: 'users',
  method: 'GET',
  headers: [{ name: 'X-User', value: '7' }],
  body: '',
  paths: [{ path: '/', weight: 1 }],
  load: { kind: 'count', requests: 100, concurrency: 8 },
};
const server = { url: 'http://localhost:5001' };

const headers = { set: { 'X-Team': 'users' }, remove: ['Cookie'] };
const route = {
  host: '*.localhost',
  path: 'not a path',
  pool: 'users',
  respond: { status: 'soon', body: '', contentType: '' },
  redirect: { to: '/new', status: 302 },
  stripPrefix: true,
  replacePrefix: '/x',
  requestHeaders: headers,
  responseHeaders: headers,
};

const GOOD: readonly (readonly [CallName, unknown])[] = [
  ['app:watch', null],
  ['app:set-theme', { theme: 'dark' }],
  ['app:note-shown', { screen: 'pool', pool: null, theme: 'system', isRailCollapsed: false }],
  ['engine:set-running', { isRunning: false }],
  ['engine:set-admin', { ...key, state: 'draining' }],
  ['engine:force-health', { ...key, forced: 'down' }],
  ['engine:set-faults', { ...key, faults: ['latency 200ms', 'crash for=1s'] }],
  ['engine:clear-faults', null],
  ['scenario:play', { name: 'bad deploy' }],
  ['scenario:stop', null],
  ['scenario:save-report', null],
  ['log:show', { isShown: true }],
  ['log:exchange', { id: 7 }],
  ['log:set-capture', { pool: 'p', isOn: true }],
  ['log:export-har', { ids: [1, 2], withSecrets: false }],
  ['log:send-again', { id: 7, backend: null }],
  ['engine:probe-now', key],
  ['engine:try-probe', { ...key, healthCheck: {} }],
  [
    'engine:try-probe',
    { ...key, healthCheck: { path: '/up', rise: 2, expectedStatus: ['200', 204], headers: { a: 'b' } } },
  ],
  ['engine:drop-connections', key],
  ['engine:reset-counters', { pool: 'default' }],
  ['engine:reset-counters', key],
  ['traffic:start', plan],
  ['traffic:start', { ...plan, host: 'users.localhost' }],
  ['traffic:start', { ...plan, load: { kind: 'rate', perSecond: 50, durationMs: 10_000 } }],
  ['traffic:start', { ...plan, load: { kind: 'concurrency', concurrency: 5, durationMs: 10_000 } }],
  ['traffic:stop', null],
  ['lab:compare', { pool: 'users', policies: ['random', 'ip-hash'] }],
  ['traffic:forget', { id: 1 }],
  ['config:check', { text: '{}' }],
  ['config:apply', { text: '{}', revision: 3 }],
  ['config:review', { text: '{}' }],
  ['config:step', { direction: 'undo', revision: 3 }],
  ['config:save-as', { text: '{}', revision: 3 }],
  ['config:recent', null],
  ['config:forget', { path: '/a.json' }],
  ['config:edit', { edit: { kind: 'add-server', pool: 'default', server }, revision: 3 }],
  [
    'config:edit',
    {
      edit: { kind: 'update-server', ...key, server: { ...server, name: 'a', weight: 2 } },
      revision: 3,
    },
  ],
  ['config:edit', { edit: { kind: 'remove-server', ...key }, revision: 3 }],
  [
    'config:edit',
    { edit: { kind: 'set-health-check', pool: 'default', healthCheck: { interval: 'soon' } }, revision: 3 },
  ],
  [
    'config:edit',
    { edit: { kind: 'set-server-health-check', ...key, healthCheck: { path: '/up' } }, revision: 3 },
  ],
  [
    'config:edit',
    {
      edit: {
        kind: 'set-scenario',
        scenario: 'a',
        written: { steps: ['at 0s: restore'], seed: null, limits: { clientErrors: 0, p95: '1s' } },
      },
      revision: 3,
    },
  ],
  ['config:edit', { edit: { kind: 'set-scenario', scenario: 'a', written: null }, revision: 3 }],
  ['config:edit', { edit: { kind: 'set-policy', pool: 'default', policy: 'round-robin' }, revision: 3 }],
  [
    'config:edit',
    { edit: { kind: 'set-policy', pool: 'p', policy: 'header-hash', parameter: 'X-User' }, revision: 3 },
  ],
  [
    'config:edit',
    {
      edit: {
        kind: 'set-pool-settings',
        pool: 'p',
        settings: { slowStart: null, retries: { attempts: 2 }, timeouts: { idle: 'soon' }, outliers: {} },
      },
      revision: 3,
    },
  ],
  ['config:edit', { edit: { kind: 'set-address', listener: ':8080', address: ':9090' }, revision: 3 }],
  ['config:edit', { edit: { kind: 'set-default-pool', listener: ':8080', pool: 'users' }, revision: 3 }],
  ['config:edit', { edit: { kind: 'add-route', listener: ':8080', route }, revision: 3 }],
  [
    'config:edit',
    { edit: { kind: 'update-route', listener: ':8080', key: { path: '/' }, route }, revision: 3 },
  ],
  [
    'config:edit',
    { edit: { kind: 'remove-route', listener: ':8080', key: { host: 'a', path: '/' } }, revision: 3 },
  ],
  [
    'config:edit',
    {
      edit: {
        kind: 'add-listener',
        address: '',
        name: 'a',
        tls: { cert: 'a', key: 'b' },
        defaultPool: 'users',
      },
      revision: 3,
    },
  ],
  ['config:edit', { edit: { kind: 'remove-listener', listener: ':8080' }, revision: 3 }],
  ['config:edit', { edit: { kind: 'set-tls', listener: ':8080', isOn: true }, revision: 3 }],
  ['config:edit', { edit: { kind: 'add-pool', pool: '', servers: ['http://a', ''] }, revision: 3 }],
  [
    'config:edit',
    {
      edit: {
        kind: 'add-pool',
        pool: 'a',
        servers: [{ url: 'https://a', insecure: true, healthCheck: { path: '/up' } }],
        healthCheck: { type: 'tcp' },
      },
      revision: 3,
    },
  ],
  ['config:edit', { edit: { kind: 'remove-pool', pool: 'users' }, revision: 3 }],
  ['config:choose', null],
  ['config:open', { path: '/tmp/config.json' }],
  ['config:open-dropped', { path: '/tmp/config.json' }],
  ['import:save', { path: '/tmp/nginx.conf' }],
  ['config:use-demo', null],
  ['config:start-own', { text: '{}' }],
  ['discovery:find', null],
  ['discovery:stop', null],
  ['check:find', { urls: ['http://localhost:5001'], pool: null }],
  ['check:stop', null],
  ['config:allow-commands', { revision: 3 }],
  ['process:act', { ...key, action: 'kill' }],
  ['process:output', { ...key, since: 0 }],
  ['process:scale', { pool: 'default', command: 'users', instances: 4 }],
  ['settings:get', null],
  ['settings:change', { launchAtLogin: true, configAtLaunch: null, controlAddress: '' }],
  ['settings:choose-config', null],
  ['settings:change', { configAtLaunch: 'open' }],
  ['settings:renew-token', null],
  ['settings:copy-token', { form: 'curl' }],
  ['shell:open-url', { url: 'http://localhost:8080' }],
  ['shell:copy', { text: 'http://localhost:8080' }],
];

const BAD: readonly (readonly [CallName, unknown])[] = [
  ['app:watch', undefined],
  ['app:watch', {}],
  ['app:set-theme', { theme: 'sepia' }],
  ['app:note-shown', { screen: 'elsewhere', pool: null, theme: 'system', isRailCollapsed: false }],
  ['engine:set-running', { isRunning: 'yes' }],
  ['engine:set-running', { isRunning: true, force: true }],
  ['engine:set-admin', { ...key, state: 'off' }],
  ['engine:set-admin', { pool: 'default', state: 'enabled' }],
  ['engine:force-health', { ...key, forced: 'unknown' }],
  ['engine:set-faults', { ...key, faults: [{ type: 'crash' }] }],
  ['engine:set-faults', { ...key, faults: new Array(17).fill('crash') }],
  ['engine:clear-faults', {}],
  ['scenario:play', { name: '' }],
  ['scenario:stop', {}],
  ['log:show', { isShown: 'yes' }],
  ['log:exchange', { id: 0 }],
  ['log:set-capture', { pool: 'p', isOn: 1 }],
  ['log:export-har', { ids: [0], withSecrets: false }],
  ['log:send-again', { id: 7 }],
  ['engine:probe-now', { ...key, backend: '' }],
  ['engine:drop-connections', { ...key, backend: '' }],
  ['engine:probe-now', [key]],
  ['engine:try-probe', key],
  ['engine:try-probe', { ...key, healthCheck: { headers: { a: { b: 'c' } } } }],
  ['engine:reset-counters', null],
  ['traffic:start', { ...plan, method: 'TRACE' }],
  ['traffic:start', { ...plan, load: { kind: 'flood' } }],
  ['traffic:start', { ...plan, load: { kind: 'count', requests: '100', concurrency: 8 } }],
  ['config:check', { text: 'x'.repeat(5_000_001) }],
  ['config:apply', { text: '{}' }],
  ['config:step', { direction: 'back', revision: 3 }],
  ['config:apply', { text: '{}', revision: -1 }],
  ['config:apply', { text: '{}', revision: 1.5 }],
  ['config:edit', { edit: { kind: 'format-disk' }, revision: 3 }],
  ['config:edit', { edit: { kind: 'add-server', pool: 'default', server: 'http://x' }, revision: 3 }],
  ['config:edit', { edit: { kind: 'set-policy', pool: 'default', policy: 'fair' }, revision: 3 }],
  [
    'config:edit',
    { edit: { kind: 'set-pool-settings', pool: 'p', settings: { policy: 'fair' } }, revision: 3 },
  ],
  [
    'config:edit',
    { edit: { kind: 'add-route', listener: ':8080', route: { ...route, weight: 2 } }, revision: 3 },
  ],
  ['config:edit', { edit: { kind: 'remove-route', listener: ':8080', key: 0 }, revision: 3 }],
  ['config:edit', { edit: { kind: 'add-pool', pool: 'a', servers: 'http://a' }, revision: 3 }],
  ['config:open', { path: '' }],
  ['import:save', { path: '' }],
  ['check:find', { urls: 'http://localhost:5001', pool: null }],
  ['check:find', { urls: Array(1_001).fill('http://localhost'), pool: null }],
  ['config:allow-commands', { revision: 3, command: 'rm -rf /' }],
  ['process:act', { ...key, action: 'run' }],
  ['process:scale', { pool: 'default', command: 'users', instances: 101 }],
  ['config:open', { path: 'x'.repeat(4_097) }],
  ['settings:change', { updateChannel: 'nightly' }],
  ['settings:change', { token: 'mine' }],
  ['settings:change', { configAtLaunch: '/tmp/of-the-page.json' }],
  ['settings:copy-token', { form: 'text' }],
  ['config:open-dropped', { path: '' }],
  ['shell:open-url', { url: 7 }],
  ['shell:copy', { text: 'x'.repeat(5_000_001) }],
];

describe('what the window may send', () => {
  it.each(GOOD)('%s takes %j', (name, argument) => {
    const parsed = argumentParsers[name].safeParse(argument);
    expect(parsed.success && parsed.data).toEqual(argument);
  });

  it.each(BAD.map(([name, argument]) => [name, JSON.stringify(argument)?.slice(0, 80), argument] as const))(
    '%s refuses %s',
    (name, _words, argument) => {
      expect(argumentParsers[name].safeParse(argument).success).toBe(false);
    },
  );

  it('takes all that is kept of the output of a process', () => {
    const text = `${'x'.repeat(LINE_LENGTH)}…\n`.repeat(LINES_KEPT);
    expect(argumentParsers['shell:copy'].safeParse({ text }).success).toBe(true);
  });

  it('takes a backend that goes by a long URL', () => {
    const long = { pool: 'default', backend: `localhost:5001/${'x'.repeat(300)}` };
    expect(argumentParsers['engine:probe-now'].safeParse(long).success).toBe(true);
  });

  it('has an example of every call', () => {
    expect([...new Set(GOOD.map(([name]) => name))].sort()).toEqual(Object.keys(argumentParsers).sort());
  });
});
