import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../electron/services/config/edit.ts';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import type { ConfigEdit } from '../../../../shared/config/config-edit.ts';
import type { RouteInput } from '../../../../shared/config/routing-edit.ts';

function edited(text: string, edit: ConfigEdit): string {
  const result = applyEdit(text, edit);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('\n'));
  return result.value;
}

const NONE = { set: {}, remove: [] };
const routeOf = (change: Partial<RouteInput>): RouteInput => ({
  path: '/',
  stripPrefix: false,
  requestHeaders: NONE,
  responseHeaders: NONE,
  ...change,
});
const listener = ':8080';
const USERS = routeOf({ path: '/users', pool: 'default' });

const SIMPLE = `// mine
{ // all of it
  "$schema": "./s.json", // for the editor

  // where
  "port": 8080, // loopback
  "healthCheckInterval": /* often */ "500ms",
  "servers": [
    "http://localhost:5001", // one
    // before two
    "http://localhost:5002" /* two */
  ],
  "exposeBackend": false
  // the end
}
// after
`;

describe('the simple form in full', () => {
  it('keeps every value and comment, deeper inside', () => {
    expect(edited(SIMPLE, { kind: 'add-route', listener, route: USERS })).toBe(`// mine
{ // all of it
  "$schema": "./s.json", // for the editor
  "listeners": [
    {
      // where
      "address": 8080, // loopback
      "defaultPool": "default",
      "exposeBackend": false,
      "routes": [
        { "path": "/users", "pool": "default" }
      ]
    }
  ],
  "pools": {
    "default": {
      "healthCheck": /* often */ { "interval": "500ms" },
      "servers": [
        "http://localhost:5001", // one
        // before two
        "http://localhost:5002" /* two */
      ],
      "whenAllDown": "refuse"
    }
  }
  // the end
}
// after
`);
  });

  it('stays on one line where it was, with the port it has by default', () => {
    const text = '{ "servers": ["http://localhost:5001"], /* p */ "policy": "random" } // all\n';
    expect(edited(text, { kind: 'add-pool', pool: 'orders', servers: ['http://h:1', 'http://h:2'] })).toBe(
      '{ "listeners": [{ "address": ":8080", "defaultPool": "default" }], "pools": { "default": ' +
        '{ "servers": ["http://localhost:5001"], /* p */ "policy": "random", "whenAllDown": "refuse" }, ' +
        '"orders": { "servers": ["http://h:1", "http://h:2"] } } } // all\n',
    );
  });

  it('keeps tabs, line ends and the byte order mark', () => {
    const text = '\uFEFF{\r\n\t"port": ":0",\r\n\t"servers": [\r\n\t\t"http://h:1"\r\n\t]\r\n}';
    const full = edited(text, { kind: 'add-listener', address: ':8081', defaultPool: 'default' });
    expect(full).toBe(
      '\uFEFF{\r\n\t"listeners": [\r\n\t\t{\r\n\t\t\t"address": ":0",\r\n\t\t\t"defaultPool": "default"\r\n\t\t},\r\n' +
        '\t\t{ "address": ":8081", "defaultPool": "default" }\r\n\t],\r\n\t"pools": {\r\n\t\t"default": {\r\n' +
        '\t\t\t"servers": [\r\n\t\t\t\t"http://h:1"\r\n\t\t\t],\r\n\t\t\t"whenAllDown": "refuse"\r\n\t\t}\r\n\t}\r\n}',
    );
  });

  it('keeps what happens when all are down, written or not', () => {
    const add = { kind: 'add-listener', address: ':8081', defaultPool: 'default' } as const;
    const whenAllDown = (text: string) => {
      const parsed = parseConfig(edited(text, add));
      return parsed.ok && parsed.value.pools[0]?.whenAllDown;
    };
    expect(whenAllDown('{ "servers": ["http://h:1"] }')).toBe('refuse');
    expect(whenAllDown('{ "servers": ["http://h:1"], "whenAllDown": "try" }')).toBe('try');
  });

  it('is not written in full for what changes nothing', () => {
    expect(edited(SIMPLE, { kind: 'set-default-pool', listener, pool: 'default' })).toBe(SIMPLE);
  });
});

const FULL = `{
  "listeners": [
    {
      "address": ":8080", // the door
      "defaultPool": "web",
      "routes": [
        // people
        { "host": "Users.localhost", /* all of it */ "path": "/", "pool": "users" }, // first
        {
          "path": "/old",
          "redirect": { "to": "/new", "status": 308 }, // for good
          "responseHeaders": { "set": { "X-A": "1" /* one */, "X-B": "2" } }
        },
      ]
    },
    { "address": ":8081", "name": "admin", "defaultPool": "web" } // inside
  ],
  "pools": {
    "web": { "servers": ["http://localhost:5001"] }, // pages
    "users": { "servers": ["http://localhost:6001"] }
  }
}
`;
const people = { host: 'users.localhost', path: '/' };
const old = routeOf({
  path: '/old',
  redirect: { to: '/new', status: 308 },
  responseHeaders: { set: { 'X-A': '1', 'X-B': '2' }, remove: [] },
});

describe('applyEdit', () => {
  const cases: readonly (readonly [string, ConfigEdit, readonly (readonly [string, string])[]])[] = [
    [
      'a new route gets its own line at the end',
      { kind: 'add-route', listener, route: routeOf({ host: '*.x', pool: 'users', stripPrefix: true }) },
      [
        [
          '        },\n      ]',
          '        },\n        { "host": "*.x", "pool": "users", "stripPrefix": true },\n      ]',
        ],
      ],
    ],
    [
      'the first route of a listener on one line',
      {
        kind: 'add-route',
        listener: 'admin',
        route: routeOf({ path: '/up', respond: { status: 200, body: 'yes', contentType: 'text/html' } }),
      },
      [
        [
          '"defaultPool": "web" }',
          '"defaultPool": "web", "routes": [{ "path": "/up", "respond": { "body": "yes", "contentType": "text/html" } }] }',
        ],
      ],
    ],
    [
      'a route that is saved as it was is not touched',
      { kind: 'update-route', listener, key: people, route: routeOf({ ...people, pool: 'users' }) },
      [],
    ],
    [
      'a changed route keeps its comments and the spelling of what stays',
      {
        kind: 'update-route',
        listener,
        key: people,
        route: routeOf({ ...people, pool: 'web', requestHeaders: { set: {}, remove: ['Cookie'] } }),
      },
      [['"pool": "users" }', '"pool": "web", "requestHeaders": { "remove": ["Cookie"] } }']],
    ],
    [
      'deep inside of a route too',
      {
        kind: 'update-route',
        listener,
        key: { path: '/old' },
        route: {
          ...old,
          redirect: { to: '/new', status: 301 },
          responseHeaders: { set: { 'X-A': '3', 'X-C': 'c' }, remove: [] },
        },
      },
      [
        ['308', '301'],
        ['"1" /* one */, "X-B": "2"', '"3" /* one */, "X-C": "c"'],
      ],
    ],
    [
      'a redirect with the plain status becomes short',
      {
        kind: 'update-route',
        listener,
        key: { path: '/old' },
        route: { ...old, redirect: { to: '/new', status: 302 } },
      },
      [['{ "to": "/new", "status": 308 }', '"/new"']],
    ],
    [
      'what a route does is swapped',
      {
        kind: 'update-route',
        listener,
        key: { path: '/old' },
        route: { ...old, redirect: undefined, pool: 'web' },
      },
      [
        ['          "redirect": { "to": "/new", "status": 308 }, // for good\n', ''],
        ['"X-B": "2" } }\n', '"X-B": "2" } },\n          "pool": "web"\n'],
      ],
    ],
    [
      'a removed route takes the comment on its line along',
      { kind: 'remove-route', listener, key: people },
      [
        [
          '        { "host": "Users.localhost", /* all of it */ "path": "/", "pool": "users" }, // first\n',
          '',
        ],
      ],
    ],
    [
      "a listener's default pool",
      { kind: 'set-default-pool', listener, pool: 'users' },
      [['"defaultPool": "web"', '"defaultPool": "users"']],
    ],
    [
      'a listener more',
      { kind: 'add-listener', address: ':0', name: 'any', defaultPool: 'users' },
      [
        [
          '"web" } // inside',
          '"web" }, // inside\n    { "address": ":0", "name": "any", "defaultPool": "users" }',
        ],
      ],
    ],
    [
      'a listener that speaks https',
      { kind: 'add-listener', address: ':0', tls: 'self-signed', defaultPool: 'users' },
      [
        [
          '"web" } // inside',
          '"web" }, // inside\n    { "address": ":0", "tls": "self-signed", "defaultPool": "users" }',
        ],
      ],
    ],
    [
      'a listener less',
      { kind: 'remove-listener', listener: 'admin' },
      [['    },\n    { "address": ":8081", "name": "admin", "defaultPool": "web" } // inside\n', '    }\n']],
    ],
    [
      'a pool more',
      { kind: 'add-pool', pool: 'orders', servers: ['http://localhost:7001'] },
      [['6001"] }', '6001"] },\n    "orders": { "servers": ["http://localhost:7001"] }']],
    ],
  ];

  it.each(cases)('%s', (_name, edit, changes) => {
    const expected = changes.reduce((so, [from, to]) => {
      expect(so).toContain(from);
      return so.replace(from, to);
    }, FULL);
    expect(edited(FULL, edit)).toBe(expected);
    expect(parseConfig(expected).ok).toBe(true);
  });

  it('removes a pool that nothing leads to, with the comment on its line', () => {
    const text = edited(FULL, { kind: 'add-pool', pool: 'orders', servers: ['http://h:1'] });
    expect(edited(text, { kind: 'remove-pool', pool: 'orders' })).toBe(FULL);
    const kept = applyEdit(text, { kind: 'remove-pool', pool: 'users' });
    expect(kept.ok).toBe(false);
  });

  it.each<readonly [ConfigEdit, string]>([
    [{ kind: 'add-route', listener: 'x', route: USERS }, 'There is no listener "x" any more.'],
    [
      { kind: 'remove-listener', listener },
      'This is the only listener. Add another one before you remove it.',
    ],
    [
      { kind: 'remove-route', listener, key: { host: 'a.localhost', path: '/' } },
      'There is no route for a.localhost any more.',
    ],
    [
      { kind: 'update-route', listener, key: { path: '/x' }, route: USERS },
      'There is no route for /x any more.',
    ],
    [{ kind: 'remove-pool', pool: 'x' }, 'There is no pool "x" any more.'],
    [
      { kind: 'remove-pool', pool: 'default' },
      'The listener :8080 leads to it. Change where that leads to first.',
    ],
    [
      { kind: 'add-pool', pool: 'default', servers: ['http://h'] },
      'There is a pool "default" already; choose another name.',
    ],
  ])('says why not: %j', (edit, message) => {
    expect(applyEdit(SIMPLE, edit)).toEqual({ ok: false, error: [{ path: '', keys: [], message }] });
  });

  it.each<readonly [Partial<RouteInput>, string, string]>([
    [{ path: 'users', pool: 'web' }, 'path', '"users" must be a path that starts with "/", such as "/users"'],
    [
      { host: 'a:80', pool: 'web' },
      'host',
      '"a:80" must be a host without a port, such as "users.localhost" or "*.example.localhost"',
    ],
    [{ pool: 'x' }, 'pool', '"x" is not a pool; the pools are "web", "users"'],
    [
      { replacePrefix: 'x', pool: 'web' },
      'replacePrefix',
      '"x" must be a path that starts with "/", such as "/users"',
    ],
    [
      { redirect: { to: 'x', status: 302 } },
      'redirect',
      '"x" must be a path or a URL, such as "/new" or "https://example.com"',
    ],
    [
      { redirect: { to: '', status: 301 } },
      'redirect.to',
      '"" must be a path or a URL, such as "/new" or "https://example.com"',
    ],
    [{ redirect: { to: '/x', status: 200 } }, 'redirect.status', '200 must be 301, 302, 303, 307 or 308'],
    [
      { respond: { status: 'soon', body: '', contentType: '' } },
      'respond.status',
      '"soon" must be a status from 200 to 599',
    ],
  ])('a route that is not good is named at its field: %j', (change, field, message) => {
    const text = edited(FULL, { kind: 'add-route', listener: 'admin', route: routeOf(change) });
    const parsed = parseConfig(text);
    const place = `listeners[1].routes[0].${field}`;
    expect(!parsed.ok && parsed.error[0]).toMatchObject({ path: place, message: `${place}: ${message}` });
  });
});

describe('https', () => {
  const FULL =
    '{\n  "listeners": [\n    { "address": ":8080", "defaultPool": "p" } // mine\n  ],\n  "pools": { "p": { "servers": ["http://a"] } }\n}\n';

  it('is switched on with the certificate that Switchyard makes, and off again, and nothing else changes', () => {
    const on = edited(FULL, { kind: 'set-tls', listener, isOn: true });
    expect(on).toBe(FULL.replace('"defaultPool": "p"', '"defaultPool": "p", "tls": "self-signed"'));
    expect(edited(on, { kind: 'set-tls', listener, isOn: true })).toBe(on);
    expect(edited(on, { kind: 'set-tls', listener, isOn: false })).toBe(FULL);
    expect(edited(FULL, { kind: 'set-tls', listener, isOn: false })).toBe(FULL);
  });

  it('needs the full form, so a simple config is written in full', () => {
    const text = edited(SIMPLE, { kind: 'set-tls', listener, isOn: true });
    const config = parseConfig(text);
    expect(config).toMatchObject({ value: { listeners: [{ tls: 'self-signed' }] } });
    expect(text).toContain('// all of it');
  });
});
