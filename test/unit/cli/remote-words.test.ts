import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../electron/cli/arguments.ts';
import { healthWords, statusText } from '../../../electron/cli/status-text.ts';
import { findBackend } from '../../../electron/services/config/find-backend.ts';
import type { BackendState, State } from '../../../electron/services/control/state-shape.ts';

describe('what is typed', () => {
  const nowhere = { url: null, token: null, tokenFile: null };

  it.each<[string, object]>([
    ['status', { kind: 'status', isJson: false }],
    ['status --json', { kind: 'status', isJson: true }],
    ['enable users/a', { kind: 'admin', state: 'enabled', backend: 'users/a' }],
    ['disable a', { kind: 'admin', state: 'disabled', backend: 'a' }],
    ['drain a', { kind: 'admin', state: 'draining', backend: 'a' }],
    ['probe a', { kind: 'probe', backend: 'a' }],
    ['force up a', { kind: 'force', forced: 'up', backend: 'a' }],
    ['force checks a', { kind: 'force', forced: null, backend: 'a' }],
    ['kill users/api-1', { kind: 'process', action: 'kill', instance: 'users/api-1' }],
    ['start api-1', { kind: 'process', action: 'start', instance: 'api-1' }],
    ['output api-1', { kind: 'output', instance: 'api-1' }],
    ['scale api 3', { kind: 'scale', command: 'api', instances: 3 }],
    ['reload', { kind: 'reload' }],
  ])('%s', (line, wish) => {
    const value = { kind: 'remote', remote: { wish, which: nowhere } };
    expect(parseCommand(line.split(' '))).toEqual({ ok: true, value });
  });

  it.each([
    ['http://127.0.0.1:9900', 'http://127.0.0.1:9900'],
    ['http://127.0.0.1:9900/', 'http://127.0.0.1:9900'],
    ['localhost:9900', 'http://localhost:9900'],
    [':9900', 'http://127.0.0.1:9900'],
    ['[::1]:9900', 'http://[::1]:9900'],
  ])('--control %s', (text, url) => {
    const command = parseCommand(['reload', '--control', text, '--token', 't']);
    expect(command).toMatchObject({ value: { remote: { which: { url, token: 't' } } } });
  });

  it.each([
    ['enable', 'enable needs a backend: switchyard enable POOL/BACKEND'],
    ['enable a b', '"b" is one word too many; name one backend at a time'],
    ['force', 'force takes up, down or checks, and a backend: switchyard force down POOL/BACKEND'],
    ['force a', 'force takes up, down or checks, and a backend: switchyard force down POOL/BACKEND'],
    ['force up', 'force needs a backend: switchyard force up POOL/BACKEND'],
    ['pause', 'pause needs an instance of a command: switchyard pause POOL/INSTANCE'],
    ['kill a b', '"b" is one word too many; name one instance at a time'],
    ['scale api', 'scale takes a command and how many instances: switchyard scale POOL/COMMAND 3'],
    ['scale api many', '"many" is not a whole number from 0 to 100'],
    ['scale api 101', '"101" is not a whole number from 0 to 100'],
    ['status a', '"a" is one word too many; see switchyard --help'],
    ['reload --json', 'reload takes no --json; see switchyard --help'],
    ['reload --config x', 'reload asks an instance that runs; it takes no --config'],
    [
      'status --control https://x',
      '"https://x" is not where an instance is controlled; write --control http://127.0.0.1:9900',
    ],
    ['status --token a --token-file b', '--token and --token-file say the same; give one of them'],
    ['serve --demo --token-file x', '--token-file goes with --control 127.0.0.1:9900; see switchyard --help'],
    [
      'serve --demo --control :1 --token x',
      'serve takes no --token; write it to a file and give --token-file',
    ],
    ['check --control :1', 'check takes only --config FILE; see switchyard --help'],
  ])('%s: what is wrong', (line, error) => {
    expect(parseCommand(line.split(' '))).toEqual({ ok: false, error });
  });
});

describe('a backend by its name', () => {
  const pools = [
    { name: 'users', backends: [{ name: 'a' }, { name: 'b' }] },
    { name: 'orders', backends: [{ name: 'a' }, { name: 'localhost:5001' }] },
  ];

  it.each([
    ['users/a', { pool: 'users', backend: 'a' }],
    ['b', { pool: 'users', backend: 'b' }],
    ['localhost:5001', { pool: 'orders', backend: 'localhost:5001' }],
  ])('%s', (typed, value) => expect(findBackend(typed, pools)).toEqual({ ok: true, value }));

  it.each([
    ['a', '"a" is in more than one pool; write users/a or orders/a'],
    ['user/a', 'there is no backend "user/a"; did you mean "users/a"?'],
    ['localhost:5002', 'there is no backend "localhost:5002"; did you mean "localhost:5001"?'],
    ['zzz', 'there is no backend "zzz"; there is users/a, users/b, orders/a, orders/localhost:5001'],
  ])('%s: what is wrong', (typed, error) => expect(findBackend(typed, pools)).toEqual({ ok: false, error }));

  it('where there are none', () => {
    expect(findBackend('a', [])).toEqual({
      ok: false,
      error: 'there is no backend "a"; there is none at all',
    });
  });
});

describe('the status in words', () => {
  const backend: BackendState = {
    name: 'a',
    admin: 'enabled',
    health: { health: 'up', reason: 'HEAD / → 200' },
    forced: null,
    ejection: null,
    faults: [],
    probes: [],
    counters: { requests: 12, errors: 0, inFlight: 1, latency: { p95Ms: 1.25 } },
  };

  it('says that requests are sent to backends that are down', () => {
    const pool = { name: 'p', policy: 'random', unavailable: 0, backends: [] };
    const state = { listeners: [], pools: [{ ...pool, isTryingAnyway: true, triedAnyway: 7 }] };
    expect(statusText(state, { commands: [], instances: [] })).toContain(
      'p (random); every backend is down by its checks, requests are sent to those that may respond (7 so far)',
    );
  });

  it('has a line for each listener and backend', () => {
    const counters = { requests: 3, errors: 3, inFlight: 0, latency: null };
    const down: BackendState = {
      ...backend,
      name: 'long-name',
      health: { health: 'down', reason: 'no' },
      counters,
    };
    const state = {
      listeners: [
        { url: 'http://localhost:1', defaultPool: 'p', state: { kind: 'listening' } },
        { url: 'http://localhost:2', defaultPool: 'p', state: { kind: 'failed', reason: 'taken' } },
      ],
      pools: [
        {
          name: 'p',
          policy: 'random',
          unavailable: 2,
          isTryingAnyway: false,
          triedAnyway: 0,
          backends: [backend, down],
        },
      ],
    } satisfies State;
    const instance = { pool: 'p', name: 'api-1', state: 'running', reason: null, port: 20_000, pid: 7 };
    const text = statusText(state, {
      commands: [
        { pool: 'p', name: 'api', wanted: 2 },
        { pool: 'p', name: 'api-1', wanted: 0 },
      ],
      instances: [
        instance,
        { ...instance, name: 'api-2', state: 'backing-off', reason: 'exited with 1', pid: null },
        { ...instance, pool: 'q' },
      ],
    });
    expect(text).toBe(`http://localhost:1 → p (listening)
http://localhost:2 → p (failed: taken)

p (random, 2 answered 503 for want of a backend)
  backend    state    health            requests  errors  in flight     p95
  a          enabled  up: HEAD / → 200        12       0          1  1.3 ms
  long-name  enabled  down: no                 3       3          0       –

p/api (2 wanted)
  api-1  running  pid 7, port 20000
  api-2  backing-off: exited with 1

p/api-1 (0 wanted)
`);
  });

  it('says why a backend is out before what its checks say', () => {
    const ejection = { reason: '5 failures in a row' };
    expect(healthWords({ ...backend, ejection })).toBe('ejected: 5 failures in a row');
    expect(healthWords({ ...backend, ejection, forced: 'up' })).toBe('forced up');
    expect(healthWords({ ...backend, health: { health: 'unknown', reason: '' } })).toBe('unknown');
    const busy = { reason: 'no answer within 1s; busy with 2 requests' };
    expect(healthWords({ ...backend, health: { ...backend.health, busy } })).toBe(
      'busy: no answer within 1s; busy with 2 requests',
    );
  });
});
