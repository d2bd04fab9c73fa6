import { expect, it } from 'vitest';
import { describeChange } from '../../../electron/config/diff.ts';
import { configOf } from '../../support/test-engine.ts';

const simple = (change: object = {}) => configOf({ servers: ['http://a', 'http://b'], ...change });

it.each<[string, ReturnType<typeof simple>, string]>([
  ['nothing', simple(), ''],
  ['a server more', simple({ servers: ['http://a', 'http://b', 'http://c'] }), 'added c'],
  ['a server less', simple({ servers: ['http://a'] }), 'removed b'],
  ['another interval', simple({ healthCheckInterval: '1s' }), 'interval 2s → 1s'],
  ['another policy', simple({ policy: 'weighted-round-robin' }), 'policy round-robin → weighted-round-robin'],
  ['a weight', simple({ servers: [{ url: 'http://a', weight: 3 }, 'http://b'] }), 'a weight 1 → 3'],
  ['another port', simple({ port: ':9' }), 'added listener :9; removed listener :8080'],
])('%s', (_name, after, words) => {
  expect(describeChange(simple(), after).words).toBe(words);
});
