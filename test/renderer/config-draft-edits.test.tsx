import { describe, expect, it } from 'vitest';
import {
  addListener,
  addPool,
  addServer,
  clearAt,
  editDraft,
  offsetOf,
  removeFrom,
  setAt,
  setServer,
  writeInFull,
} from '../../renderer/features/config/form/draft-edits.ts';

const SIMPLE = `{
  "port": ":8080", // the door
  "servers": [
    "http://localhost:5001", // one
    { "url": "http://localhost:5002", "weight": 2 }
  ]
}
`;

describe('edits of the form', () => {
  it.each([
    ['a value', setAt(['port'], ':9090'), SIMPLE.replace('8080', '9090')],
    [
      'a URL alone',
      setServer(['servers'], 0, 'url', 'http://a'),
      SIMPLE.replace('http://localhost:5001', 'http://a'),
    ],
    [
      'a URL that gets a weight',
      setServer(['servers'], 0, 'weight', 3),
      SIMPLE.replace('"http://localhost:5001"', '{ "url": "http://localhost:5001", "weight": 3 }'),
    ],
    [
      'a weight that goes',
      setServer(['servers'], 1, 'weight', undefined),
      SIMPLE.replace(', "weight": 2', ''),
    ],
    [
      'one more server, with the next port',
      addServer([]),
      SIMPLE.replace('"weight": 2 }', '"weight": 2 },\n    "http://localhost:5003"'),
    ],
    ['one less', removeFrom(['servers'], 1), SIMPLE.replace(/,( \/\/ one)\n.*}/, '$1')],
  ])('touch only what they are about: %s', (_, edit, after) => {
    expect(editDraft(SIMPLE, edit)).toBe(after);
    expect(editDraft(`\uFEFF${SIMPLE}`, edit)).toBe(`\uFEFF${after}`);
  });

  it('make what a setting stands in, and take it off when it is left empty', () => {
    const text = '{ "pools": { "a": { "servers": [] } } }';
    const base = ['pools', 'a', 'healthCheck'];
    const checked = setAt([...base, 'interval'], '5s')(text);
    expect(checked).toBe('{ "pools": { "a": { "servers": [], "healthCheck": { "interval": "5s" } } } }');
    expect(clearAt([...base, 'interval'], base)(checked)).toBe(text);
    const policy = setAt(['pools', 'a', 'policy', 'name'], 'random');
    expect(policy('{ "pools": { "a": { "policy": "x" } } }')).toBe(
      '{ "pools": { "a": { "policy": { "name": "random" } } } }',
    );
  });

  it('leave a text alone in which there is no room for them', () => {
    for (const edit of [
      setServer(['servers'], 4, 'url', 'x'),
      removeFrom(['servers'], 0),
      clearAt(['pools', 'a', 'x']),
      setAt(['servers', 0, 'weight'], 1),
    ]) {
      expect(editDraft('{ "servers": "none" }', edit)).toBe('{ "servers": "none" }');
    }
  });

  it('add a listener and a pool', () => {
    const text = '{ "listeners": [{ "address": ":8080", "defaultPool": "a" }], "pools": { "a": {} } }';
    expect(addListener(text)).toContain(', { "address": ":8081", "defaultPool": "a" }]');
    expect(addPool(text)).toContain('"a": {}, "pool-2": { "servers": ["http://localhost:5001"] }');
  });

  it('write a simple config in full, unless something would be lost', () => {
    expect(writeInFull(SIMPLE)).toContain('"address": ":8080", // the door');
    const wrong = '{ "servers": [], "mine": 1 }';
    expect(writeInFull(wrong)).toBe(wrong);
  });

  it('find the place of a setting, or the nearest there is', () => {
    expect(SIMPLE.slice(offsetOf(SIMPLE, ['servers', 1, 'weight']))).toMatch(/^"weight": 2/);
    expect(SIMPLE.slice(offsetOf(SIMPLE, ['servers', 0, 'weight']))).toMatch(/^"http:\/\/localhost:5001"/);
    expect(offsetOf(SIMPLE, ['pools'])).toBe(0);
  });
});
