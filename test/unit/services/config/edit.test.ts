import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../electron/services/config/edit.ts';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import type { ConfigEdit } from '../../../../shared/config/config-edit.ts';

function edited(text: string, edit: ConfigEdit): string {
  const result = applyEdit(text, edit);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('\n'));
  return result.value;
}

const pool = 'default';
const SIMPLE = `{
  // where
  "port": 8080,
  "servers": [
    "http://localhost:5001", // one
    // before two
    "http://localhost:5002", // two
    { "url": "http://localhost:5003/", /* heavy */ "weight": 3, "healthCheck": { "path": "/up" } } // three
    // the end
  ]
}
`;
const ONE_LINE = '{ "servers": ["http://localhost:5001", "http://localhost:5002"] } // all\n';
const FULL = `{
\t"listeners": [{ "address": ":8080", "defaultPool": "api" }, { "address": ":8081", "name": "admin", "defaultPool": "web" }],
\t"pools": {
\t\t"api": {
\t\t\t"servers": ["http://localhost:5001"], // one
\t\t\t"healthCheck": { "interval": "1s", "path": "/up" }
\t\t},
\t\t"web": { "servers": ["http://localhost:6001", "http://localhost:6002",] }
\t}
}
`;
const WITH_SCENARIOS = `{
  "listeners": [{ "address": ":8080", "defaultPool": "p" }],
  "pools": { "p": { "servers": ["http://localhost:1"] } },
  "scenarios": {
    "a": { "seed": 1, /* kept */ "steps": ["at 1s: restore"] },
    "b": ["at 0s: restore"] // last
  }
}
`;
const WITH_COMMANDS = `{
  "listeners": [{ "address": ":8080", "defaultPool": "api" }],
  "pools": {
    "api": { "servers": [
      { "command": "node a.js" },
      "http://localhost:5001",
      { "command": "node b.js", "name": "b" },
      "http://localhost:5002"
    ] }
  }
}
`;

describe('applyEdit', () => {
  const cases: readonly (readonly [string, string, ConfigEdit, readonly (readonly [string, string])[]])[] = [
    [
      'a new server gets its own line, and comments stay with theirs',
      SIMPLE,
      { kind: 'add-server', pool, server: { url: 'http://localhost:5004' } },
      [['} } // three\n', '} }, // three\n    "http://localhost:5004"\n']],
    ],
    [
      'a new server with a name and a weight is an object',
      ONE_LINE,
      { kind: 'add-server', pool, server: { url: 'http://h:1', name: 'h', weight: 2 } },
      [['5002"]', '5002", { "url": "http://h:1", "name": "h", "weight": 2 }]']],
    ],
    [
      'a new server with a check of its own leaves the form as it is',
      ONE_LINE,
      {
        kind: 'add-server',
        pool,
        server: { url: 'https://h:1', insecure: true, healthCheck: { method: 'GET', path: '/up' } },
      },
      [
        [
          '5002"]',
          '5002", { "url": "https://h:1", "insecure": true, "healthCheck": { "method": "GET", "path": "/up" } }]',
        ],
      ],
    ],
    [
      'a trailing comma stays one',
      FULL,
      { kind: 'add-server', pool: 'web', server: { url: 'http://h:1' } },
      [['6002",]', '6002", "http://h:1",]']],
    ],
    [
      'a removed server takes the comment on its line along, and no other',
      SIMPLE,
      { kind: 'remove-server', pool, backend: 'localhost:5002' },
      [['    "http://localhost:5002", // two\n', '']],
    ],
    [
      'the first of a list goes',
      SIMPLE,
      { kind: 'remove-server', pool, backend: 'localhost:5001' },
      [['    "http://localhost:5001", // one\n', '']],
    ],
    [
      'the last of a list goes with the comma before it',
      SIMPLE,
      { kind: 'remove-server', pool, backend: 'localhost:5003' },
      [
        ['5002", // two', '5002" // two'],
        [
          '    { "url": "http://localhost:5003/", /* heavy */ "weight": 3, "healthCheck": { "path": "/up" } } // three\n',
          '',
        ],
      ],
    ],
    [
      'the last of a list on one line goes',
      ONE_LINE,
      { kind: 'remove-server', pool, backend: 'localhost:5002' },
      [[', "http://localhost:5002"', '']],
    ],
    [
      'the first of a list on one line goes',
      ONE_LINE,
      { kind: 'remove-server', pool, backend: 'localhost:5001' },
      [['"http://localhost:5001", ', '']],
    ],
    [
      'a plain URL stays plain when only its URL changes',
      SIMPLE,
      { kind: 'update-server', pool, backend: 'localhost:5002', server: { url: 'http://localhost:5009' } },
      [['localhost:5002', 'localhost:5009']],
    ],
    [
      'a plain URL becomes an object with its weight',
      SIMPLE,
      {
        kind: 'update-server',
        pool,
        backend: 'localhost:5001',
        server: { url: 'http://localhost:5001', weight: 2 },
      },
      [['"http://localhost:5001", //', '{ "url": "http://localhost:5001", "weight": 2 }, //']],
    ],
    [
      'an object keeps its other fields, its comments and the spelling of its URL',
      SIMPLE,
      {
        kind: 'update-server',
        pool,
        backend: 'localhost:5003',
        server: { url: 'http://localhost:5003', name: 'c', weight: 4 },
      },
      [
        ['"weight": 3', '"weight": 4'],
        ['"healthCheck": { "path": "/up" } }', '"healthCheck": { "path": "/up" }, "name": "c" }'],
      ],
    ],
    [
      'a field that is cleared goes',
      SIMPLE,
      { kind: 'update-server', pool, backend: 'localhost:5003', server: { url: 'http://localhost:5003' } },
      [['/* heavy */ "weight": 3, "health', '/* heavy */ "health']],
    ],
    [
      'a limit and a backup for a server that was a URL alone',
      SIMPLE,
      {
        kind: 'update-server',
        pool,
        backend: 'localhost:5002',
        server: { url: 'http://localhost:5002', maxConnections: 8, backup: true },
      },
      [
        [
          '"http://localhost:5002"',
          '{ "url": "http://localhost:5002", "maxConnections": 8, "backup": true }',
        ],
      ],
    ],
    [
      'the weight of a server that was a URL alone',
      SIMPLE,
      { kind: 'set-weight', pool, backend: 'localhost:5002', weight: 2 },
      [['"http://localhost:5002"', '{ "url": "http://localhost:5002", "weight": 2 }']],
    ],
    [
      'the weight of one that has settings, which stay',
      SIMPLE,
      { kind: 'set-weight', pool, backend: 'localhost:5003', weight: 4 },
      [['"weight": 3', '"weight": 4']],
    ],
    [
      'the port, where it was left a number',
      SIMPLE,
      { kind: 'set-address', listener: ':8080', address: ':9090' },
      [['8080', '":9090"']],
    ],
    [
      'an interval that was not there',
      SIMPLE,
      { kind: 'set-health-check', pool, healthCheck: { interval: '5s' } },
      [['  ]\n}', '  ],\n  "healthCheckInterval": "5s"\n}']],
    ],
    [
      'a policy that was not there, on one line',
      ONE_LINE,
      { kind: 'set-policy', pool, policy: 'weighted-round-robin' },
      [['"] }', '"], "policy": "weighted-round-robin" }']],
    ],
    [
      "a named listener's address",
      FULL,
      { kind: 'set-address', listener: 'admin', address: '127.0.0.1:0' },
      [['":8081"', '"127.0.0.1:0"']],
    ],
    [
      "a pool's interval, next to its other settings",
      FULL,
      { kind: 'set-health-check', pool: 'api', healthCheck: { interval: '250ms', path: '/up' } },
      [['"1s"', '"250ms"']],
    ],
    [
      'a check of another kind, without what it has no use for',
      FULL,
      { kind: 'set-health-check', pool: 'api', healthCheck: { type: 'tcp', interval: '1s' } },
      [[', "path": "/up" }', ', "type": "tcp" }']],
    ],
    [
      "a pool's interval without a check",
      FULL,
      { kind: 'set-health-check', pool: 'web', healthCheck: { interval: '250ms' } },
      [['6002",] }', '6002",], "healthCheck": { "interval": "250ms" } }']],
    ],
    [
      'a check of its own for a server that is a URL',
      SIMPLE,
      {
        kind: 'set-server-health-check',
        pool,
        backend: 'localhost:5001',
        healthCheck: { path: '/ready', fall: 3 },
      },
      [
        [
          '"http://localhost:5001", // one',
          '{ "url": "http://localhost:5001", "healthCheck": { "path": "/ready", "fall": 3 } }, // one',
        ],
      ],
    ],
    [
      "a server's own check, next to its other settings",
      SIMPLE,
      {
        kind: 'set-server-health-check',
        pool,
        backend: 'localhost:5003',
        healthCheck: { path: '/up', rise: 2 },
      },
      [['{ "path": "/up" }', '{ "path": "/up", "rise": 2 }']],
    ],
    [
      'no check of its own any more',
      SIMPLE,
      { kind: 'set-server-health-check', pool, backend: 'localhost:5003', healthCheck: {} },
      [[', "healthCheck": { "path": "/up" } }', ' }']],
    ],
    [
      'a scenario where there is none',
      FULL,
      {
        kind: 'set-scenario',
        scenario: 'bad day',
        written: { steps: ['at 0s: restore'], seed: null, limits: null },
      },
      [['6002",] }\n\t}\n', '6002",] }\n\t},\n\t"scenarios": { "bad day": ["at 0s: restore"] }\n']],
    ],
    [
      'a scenario that gets a seed, next to another',
      WITH_SCENARIOS,
      {
        kind: 'set-scenario',
        scenario: 'b',
        written: {
          steps: ['at 1s: localhost:1 crash', 'at 2s: restore'],
          seed: 7,
          limits: { p95: '1s' },
        },
      },
      [
        [
          '["at 0s: restore"] // last',
          '{ "seed": 7, "steps": ["at 1s: localhost:1 crash", "at 2s: restore"], "limits": { "p95": "1s" } } // last',
        ],
      ],
    ],
    [
      'the steps of a scenario with a seed',
      WITH_SCENARIOS,
      { kind: 'set-scenario', scenario: 'a', written: { steps: ['at 5s: restore'], seed: 1, limits: null } },
      [['["at 1s: restore"]', '["at 5s: restore"]']],
    ],
    [
      'a scenario that goes',
      WITH_SCENARIOS,
      { kind: 'set-scenario', scenario: 'a', written: null },
      [['    "a": { "seed": 1, /* kept */ "steps": ["at 1s: restore"] },\n', '']],
    ],
    [
      'the weight of a server that stands behind commands',
      WITH_COMMANDS,
      { kind: 'set-weight', pool: 'api', backend: 'localhost:5002', weight: 4 },
      [['"http://localhost:5002"', '{ "url": "http://localhost:5002", "weight": 4 }']],
    ],
    [
      'a server between commands goes, and they stay',
      WITH_COMMANDS,
      { kind: 'remove-server', pool: 'api', backend: 'localhost:5001' },
      [['      "http://localhost:5001",\n', '']],
    ],
  ];

  it.each(cases)('%s', (_name, text, edit, changes) => {
    const expected = changes.reduce((so, [from, to]) => so.replace(from, to), text);
    expect(expected).not.toBe(text);
    expect(edited(text, edit)).toBe(expected);
    expect(parseConfig(expected).ok).toBe(true);
    // Line ends and a byte order mark are the user's too.
    const foreign = (one: string) => `\uFEFF${one.replaceAll('\n', '\r\n')}`;
    expect(edited(foreign(text), edit)).toBe(foreign(expected));
  });

  it('adds to an empty object and to a list with brackets on its lines', () => {
    const text =
      '{"listeners":[{"address":":1","defaultPool":"p"}],"pools":{"p":{"servers":[\n"http://a"],"healthCheck":{}}}}';
    const interval = edited(text, { kind: 'set-health-check', pool: 'p', healthCheck: { interval: '1s' } });
    expect(interval).toContain('"healthCheck":{ "interval": "1s" }');
    const added = edited(text, { kind: 'add-server', pool: 'p', server: { url: 'http://b' } });
    expect(added).toContain('[\n"http://a",\n"http://b"]');
  });

  it('leaves a value that the schema refuses to whoever applies it', () => {
    const text = edited(ONE_LINE, { kind: 'add-server', pool, server: { url: 'localhost:5009' } });
    const parsed = parseConfig(text);
    expect(!parsed.ok && parsed.error.map(({ message }) => message)).toEqual([
      'servers[2]: "localhost:5009" has no scheme; write "http://localhost:5009"',
    ]);
  });

  it('writes a policy with the header or the cookie it goes by', () => {
    const edit = { kind: 'set-policy', pool, policy: 'cookie-hash', parameter: 'id' } as const;
    expect(edited(ONE_LINE, edit)).toBe(
      ONE_LINE.replace('] }', '], "policy": { "name": "cookie-hash", "cookie": "id" } }'),
    );
  });

  it('leaves a policy that is chosen already as it was written', () => {
    const text = ONE_LINE.replace('] }', '], "policy": { "name": "header-hash", "header": "X-User" } }');
    expect(text).not.toBe(ONE_LINE);
    expect(edited(text, { kind: 'set-policy', pool, policy: 'header-hash' })).toBe(text);
    expect(edited(text, { kind: 'set-policy', pool, policy: 'random' })).toContain('], "policy": "random" }');
    const other = { kind: 'set-policy', pool, policy: 'header-hash', parameter: 'X-Tenant' } as const;
    expect(edited(text, other)).toBe(text.replace('X-User', 'X-Tenant'));
  });

  it('names the cookie of a sticky policy, with a key or without, and keeps what else is written there', () => {
    const sticky = { kind: 'set-sticky-cookie', pool, cookie: 'lane', key: 'k'.repeat(16) } as const;
    const text = edited(ONE_LINE, sticky);
    const key = `"key": "${'k'.repeat(16)}"`;
    expect(text).toBe(
      ONE_LINE.replace('] }', `], "policy": { "name": "sticky-cookie", "cookie": "lane", ${key} } }`),
    );
    const commented = text.replace('"cookie"', '/* why */ "cookie"');
    expect(edited(commented, { ...sticky, key: '' })).toContain('/* why */ "cookie": "lane" }');
    expect(edited(ONE_LINE, { ...sticky, cookie: '', key: '' })).toContain('"policy": "sticky-cookie"');
  });

  it.each<readonly [ConfigEdit, string]>([
    [{ kind: 'remove-server', pool, backend: 'x' }, 'There is no backend "x" in pool "default" any more.'],
    [{ kind: 'set-policy', pool: 'x', policy: 'round-robin' }, 'There is no pool "x" any more.'],
    [{ kind: 'set-address', listener: 'x', address: ':1' }, 'There is no listener "x" any more.'],
  ])('says what has gone meanwhile: %o', (edit, message) => {
    expect(applyEdit(SIMPLE, edit)).toEqual({ ok: false, error: [{ path: '', keys: [], message }] });
  });

  it('does not touch a text that is not valid', () => {
    expect(applyEdit('{', { kind: 'set-policy', pool, policy: 'round-robin' }).ok).toBe(false);
  });
});

it('a comment on a line with another server behind it does not take that server away', () => {
  const text = '{"servers": ["http://h:1",\n    "http://h:2",/* a */"http://h:3"/* b */\n  ]}';
  const result = applyEdit(text, { kind: 'remove-server', pool: 'default', backend: 'h:2' });
  expect(result).toMatchObject({ ok: true, value: expect.stringContaining('"http://h:3"/* b */') });
});
