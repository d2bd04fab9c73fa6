import { describe, expect, it } from 'vitest';
import schemaFile from '../../config.schema.json' with { type: 'json' };
import { explanationAt } from '../../renderer/features/config/editor/explain.ts';
import type { JsonSchema } from '../../renderer/features/config/editor/schema-at.ts';
import { suggestionsAt } from '../../renderer/features/config/editor/suggest.ts';

const SCHEMA: JsonSchema = schemaFile;

/** The bar is where the cursor stands. */
function suggested(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, found: suggestionsAt(SCHEMA, text, offset) };
}
const labels = (marked: string) => suggested(marked).found?.options.map(({ label }) => label) ?? [];
/** The text with a suggestion taken, without the places to go on typing at. */
function taken(marked: string, label: string): string {
  const { text, found } = suggested(marked);
  const option = found?.options.find((one) => one.label === label);
  if (!found || !option) throw new Error(`${label} is not among ${labels(marked).join(', ')}`);
  const words = option.template.replace(/#\{([^}]*)\}/g, '$1').replace(/\\([\\{}])/g, '$1');
  return text.slice(0, found.from) + words + text.slice(found.to);
}

describe('completion', () => {
  it('knows the fields that are missing, of the form that the others are of', () => {
    expect(labels('{ "port": 1, "|" }')).toEqual(
      expect.arrayContaining(['healthCheckInterval', 'policy', 'servers']),
    );
    expect(labels('{ "port": 1, "|" }')).not.toContain('port');
    expect(labels('{ "port": 1, "|" }')).not.toContain('pools');
    expect(labels('{ "pools": {}, "|" }')).toEqual(['$schema', 'listeners', 'scenarios']);
    expect(labels('{ | }')).toEqual(expect.arrayContaining(['port', 'pools']));
  });

  it.each([
    ['deep inside', '{ "pools": { "a": { "healthCheck": { "|" } } } }', 'expectedStatus'],
    ['in a list', '{ "listeners": [{ "address": ":1", | }] }', 'defaultPool'],
    ['in a server', '{ "servers": [{ "url": "http://a", "|" }] }', 'weight'],
    ['behind a comment', '{ // mine\n "servers": [],\n "|"\n}', 'exposeBackend'],
  ])('looks %s', (_, text, label) => expect(labels(text)).toContain(label));

  it('knows what may stand for a field', () => {
    expect(labels('{ "policy": "|" }')).toEqual(expect.arrayContaining(['round-robin', 'ip-hash']));
    expect(labels('{ "exposeBackend": | }')).toEqual(['true', 'false']);
    expect(labels('{ "pools": { "a": { "hostHeader": "|" } } }')).toEqual(['preserve', 'backend']);
  });

  it('knows the pools of the text where one is meant', () => {
    const pools = '"pools": { "users": {}, "orders": {} }';
    expect(labels(`{ "listeners": [{ "defaultPool": "|" }], ${pools} }`)).toEqual(['users', 'orders']);
    expect(labels(`{ "listeners": [{ "routes": [{ "pool": "|" }] }], ${pools} }`)).toEqual([
      'users',
      'orders',
    ]);
  });

  it('writes a field whole, with a value to begin with and the comma it needs', () => {
    expect(taken('{ "po|" }', 'port')).toBe('{ "port": ":8080" }');
    expect(taken('{ "|"\n "servers": [] }', 'exposeBackend')).toBe(
      '{ "exposeBackend": true,\n "servers": [] }',
    );
    expect(taken('{ "po|": 1 }', 'port')).toBe('{ "port": 1 }');
    expect(taken('{ "policy": "ro|" }', 'ip-hash')).toBe('{ "policy": "ip-hash" }');
    expect(taken('{ "policy": | }', 'ip-hash')).toBe('{ "policy": "ip-hash" }');
  });

  it('has something whole to begin with', () => {
    expect(taken('{ "servers": [|] }', 'server…')).toContain('"url": "http://localhost:5001", "weight": 1 }');
    expect(labels('{ "pools": { | } }')).toContain('pool…');
    expect(labels('{ "scenarios": { | }, "pools": {} }')).toContain('scenario…');
    expect(labels('{ "listeners": [|] }')).toContain('listener…');
    expect(labels('{ "listeners": [{ "routes": [|] }] }')).toContain('redirect…');
  });

  it.each(['{ // po|', '{ /* "po| */ }', '{ "nothing": { "|" } }', 'x|'])(
    'has nothing to say at %s',
    (text) => expect(labels(text)).toEqual([]),
  );
});

describe('an explanation', () => {
  const at = (marked: string) => explanationAt(SCHEMA, marked.replace('|', ''), marked.indexOf('|'));

  it('says what a field means, its default, and what it may be', () => {
    expect(at('{ "pools": { "a": { "host|Header": "backend" } } }')).toMatchObject({
      name: 'hostHeader',
      words: expect.stringContaining('The Host header a backend gets'),
      facts: ['Default preserve', 'One of preserve, backend'],
    });
    expect(at('{ "port": ":80|80" }')?.words).toContain('Where to listen');
    expect(at('{ "servers": [{ "we|ight": 2 }] }')?.words).toContain('Share of the requests');
  });

  it.each(['{ | "port": 1 }', '{ "x|": 1 }', '|', '{ "servers": [ | "http://a"] }'])(
    'has none at %s',
    (text) => expect(at(text)).toBeNull(),
  );
});
