import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../electron/config/edit.ts';
import type { ConfigEdit } from '../../../shared/contract.ts';

const SIMPLE = `{
  // the door
  "port": ":8080",
  "servers": [
    "http://localhost:5001", // one
    { "url": "http://localhost:5002", "name": "two", "healthCheck": { "path": "/up" } }
  ]
}
`;
const FULL = `{
\t"listeners": [{ "address": ":8080", "defaultPool": "p" }], // here
\t"pools": {
\t\t"p": { "servers": ["http://localhost:5001"] }
\t}
}
`;

function edited(text: string, edit: ConfigEdit): string {
  const result = applyEdit(text, edit);
  if (!result.ok) throw new Error(result.error.map((issue) => issue.message).join('\n'));
  return result.value;
}

describe('a small edit changes its place and nothing else', () => {
  it.each<[string, ConfigEdit, string, string]>([
    ['the address', { kind: 'set-address', listener: ':8080', address: ':9000' }, '":8080"', '":9000"'],
    [
      'a name for a plain URL',
      {
        kind: 'update-server',
        pool: 'default',
        backend: 'localhost:5001',
        server: { url: 'http://localhost:5009' },
      },
      '"http://localhost:5001"',
      '"http://localhost:5009"',
    ],
    [
      'the weight of an object',
      {
        kind: 'update-server',
        pool: 'default',
        backend: 'two',
        server: { url: 'http://localhost:5003', name: 'two' },
      },
      '"url": "http://localhost:5002"',
      '"url": "http://localhost:5003"',
    ],
  ])('%s', (_name, edit, before, after) => {
    expect(edited(SIMPLE, edit)).toBe(SIMPLE.replace(before, after));
  });

  it('a server is added at the end, as plain as it can be', () => {
    const text = edited(SIMPLE, {
      kind: 'add-server',
      pool: 'default',
      server: { url: 'http://localhost:5003' },
    });
    expect(text).toContain('"http://localhost:5003"\n  ]');
    expect(text).toContain('// one');
    expect(text).toContain('// the door');
    const named = edited(SIMPLE, {
      kind: 'add-server',
      pool: 'default',
      server: { url: 'http://localhost:5003', weight: 2 },
    });
    expect(named).toMatch(/\{\s*"url": "http:\/\/localhost:5003",\s*"weight": 2\s*\}/);
  });

  it('a server is removed, the comments elsewhere stay', () => {
    const text = edited(SIMPLE, { kind: 'remove-server', pool: 'default', backend: 'two' });
    expect(text).not.toContain('5002');
    expect(text).toContain('// the door');
  });

  it('an interval that was not there is added', () => {
    const text = edited(SIMPLE, { kind: 'set-health-check-interval', pool: 'default', interval: '1s' });
    expect(text).toContain('"healthCheckInterval": "1s"');
    expect(text).toContain('// one');
  });

  it('the full form too, with its tabs', () => {
    const text = edited(FULL, { kind: 'set-health-check-interval', pool: 'p', interval: '1s' });
    expect(text).toContain('"interval": "1s"');
    expect(text).toContain('// here');
    expect(edited(FULL, { kind: 'set-address', listener: ':8080', address: ':9000' })).toBe(
      FULL.replace(':8080', ':9000'),
    );
    expect(edited(FULL, { kind: 'set-policy', pool: 'p', policy: 'weighted-round-robin' })).toContain(
      '"policy": "weighted-round-robin"',
    );
  });
});

it.each<ConfigEdit>([
  { kind: 'remove-server', pool: 'default', backend: 'gone' },
  { kind: 'set-policy', pool: 'gone', policy: 'round-robin' },
  { kind: 'set-address', listener: 'gone', address: ':1' },
])('what is not there any more is said: %j', (edit) => {
  expect(applyEdit(SIMPLE, edit)).toMatchObject({
    ok: false,
    error: [{ message: expect.stringContaining('gone') }],
  });
});
