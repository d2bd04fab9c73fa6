import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../electron/services/config/edit.ts';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import type { PoolSettingsChange } from '../../../../shared/config/pool-settings-edit.ts';

const FULL = `{
  "listeners": [{ "address": ":8080", "defaultPool": "api" }],
  "pools": {
    "api": {
      "servers": ["http://localhost:5001"], // one
      "slowStart": "90s", // caches are cold
      "retries": { "attempts": 2, /* long */ "budget": "20s" },
      "timeouts": {
        // as the client has it
        "firstByte": "5s" // no longer
      }
    },
    "web": { "servers": ["http://localhost:6001"], "outliers": { "consecutive": 5 } }
  }
}
`;
const SIMPLE = '{ "port": 8080, "servers": ["http://localhost:5001"] } // all\n';

function edited(text: string, pool: string, settings: PoolSettingsChange): string {
  const result = applyEdit(text, { kind: 'set-pool-settings', pool, settings });
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('\n'));
  return result.value;
}

describe('whenAllDown', () => {
  it('has room in the simple form', () => {
    const tried = edited(SIMPLE, 'default', { whenAllDown: 'try' });
    expect(tried).toBe(
      '{ "port": 8080, "servers": ["http://localhost:5001"], "whenAllDown": "try" } // all\n',
    );
    expect(edited(tried, 'default', { whenAllDown: 'refuse' })).toContain('"whenAllDown": "refuse"');
    expect(edited(tried, 'default', { whenAllDown: null })).toBe(SIMPLE);
  });

  it('is a setting of the pool in the full form', () => {
    expect(edited(FULL, 'web', { whenAllDown: 'refuse' })).toContain(
      '"outliers": { "consecutive": 5 }, "whenAllDown": "refuse" }',
    );
  });
});

describe('set-pool-settings', () => {
  const cases: readonly (readonly [string, string, PoolSettingsChange, readonly [string, string][]])[] = [
    [
      'a setting next to others, which stay as they are written',
      'api',
      { retries: { attempts: 4 } },
      [['"attempts": 2', '"attempts": 4']],
    ],
    [
      'one that was not there, behind those that were',
      'api',
      { timeouts: { total: '1m' } },
      [['"5s" // no longer', '"5s", // no longer\n        "total": "1m"']],
    ],
    [
      'a group that was not there',
      'web',
      { queue: { size: 5, timeout: null } },
      [['5 } }', '5 }, "queue": { "size": 5 } }']],
    ],
    [
      'a default takes its setting out',
      'api',
      { retries: { budget: null } },
      [[', /* long */ "budget": "20s"', ' /* long */']],
    ],
    [
      'a group without settings stays for the comment in it',
      'api',
      { retries: { attempts: null, budget: null } },
      [
        [
          '      "retries": { "attempts": 2, /* long */ "budget": "20s" },\n',
          '      "retries": { /* long */ },\n',
        ],
      ],
    ],
    [
      'and for the comment on a line of its own',
      'api',
      { timeouts: { firstByte: null } },
      [['\n        "firstByte": "5s" // no longer', '']],
    ],
    [
      'slow start goes with the comment on its line',
      'api',
      { slowStart: null },
      [['      "slowStart": "90s", // caches are cold\n', '']],
    ],
    [
      'slow start where there was none',
      'web',
      { slowStart: '10s' },
      [['5 } }', '5 }, "slowStart": "10s" }']],
    ],
    [
      'traffic is watched, with every setting as it is by default',
      'api',
      { outliers: {} },
      [['      }\n    },', '      },\n      "outliers": {}\n    },']],
    ],
    [
      'and goes on being watched when its last setting goes',
      'web',
      { outliers: { consecutive: null } },
      [['{ "consecutive": 5 }', '{ }']],
    ],
    ['and is not any more', 'web', { outliers: null }, [[', "outliers": { "consecutive": 5 }', '']]],
  ];

  it.each(cases)('%s', (_name, pool, settings, changes) => {
    const expected = changes.reduce((so, [from, to]) => so.replace(from, to), FULL);
    expect(expected).not.toBe(FULL);
    expect(edited(FULL, pool, settings)).toBe(expected);
    expect(parseConfig(expected).ok).toBe(true);
    const foreign = (one: string) => `\uFEFF${one.replaceAll('\n', '\r\n')}`;
    expect(edited(foreign(FULL), pool, settings)).toBe(foreign(expected));
  });

  it('takes a group off that has neither settings nor comments left', () => {
    const before = edited(FULL, 'web', { queue: { size: 5 } });
    expect(edited(before, 'web', { queue: { size: null } })).toBe(FULL);
  });

  it('writes the simple form in full, which alone has room for them', () => {
    const text = edited(SIMPLE, 'default', { outliers: { consecutive: 3 }, queue: { size: null } });
    expect(text).toBe(
      '{ "listeners": [{ "address": 8080, "defaultPool": "default" }], "pools": { "default": ' +
        '{ "servers": ["http://localhost:5001"], "whenAllDown": "refuse", "outliers": { "consecutive": 3 } } } } // all\n',
    );
    expect(parseConfig(text)).toMatchObject({
      ok: true,
      value: { pools: [{ outliers: { consecutive: 3 } }] },
    });
  });

  it('leaves the simple form alone when there is nothing to write', () => {
    expect(edited(SIMPLE, 'default', { slowStart: null, outliers: null, retries: { attempts: null } })).toBe(
      SIMPLE,
    );
  });

  it('leaves a value that the schema refuses to whoever applies it', () => {
    const parsed = parseConfig(
      edited(FULL, 'web', { timeouts: { connect: 'soon' }, queue: { size: 'few' } }),
    );
    expect(!parsed.ok && parsed.error.map(({ keys }) => keys)).toEqual([
      ['pools', 'web', 'queue', 'size'],
      ['pools', 'web', 'timeouts', 'connect'],
    ]);
  });

  it('says that the pool has gone meanwhile', () => {
    const result = applyEdit(FULL, { kind: 'set-pool-settings', pool: 'x', settings: {} });
    expect(result).toMatchObject({ ok: false, error: [{ message: 'There is no pool "x" any more.' }] });
  });
});
