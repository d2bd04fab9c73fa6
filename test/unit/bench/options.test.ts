import { expect, it } from 'vitest';
import { loadBench } from './load-bench.ts';

const { parseOptions } = await loadBench('options.mjs');
const known = { scenarios: ['60b', '100k', 'soak'], peers: ['switchyard', 'nginx', 'go'] };
const parse = (line: string) => parseOptions(line === '' ? [] : line.split(' '), known);

it('measures everything but the soak, and writes it down', () => {
  expect(parse('')).toEqual({
    isGuard: false,
    rounds: 3,
    seconds: 1,
    scenarios: ['60b', '100k'],
    peers: known.peers,
    before: null,
    isComplete: true,
  });
  expect(parse('--soak')).toMatchObject({ scenarios: known.scenarios, isComplete: true });
});

it.each(['--quick', '--only 100k', '--peers go', '--before ../other', '--rounds 9'])(
  'only prints after %s',
  (line) => {
    expect(parse(line).isComplete).toBe(false);
  },
);

it('compares with another build, in as many rounds as it is told', () => {
  expect(parse('--before ../other --rounds 9')).toMatchObject({ before: '../other', rounds: 9 });
});

it('takes lists', () => {
  expect(parse('--only soak,60b --peers nginx,go')).toMatchObject({
    scenarios: ['soak', '60b'],
    peers: ['nginx', 'go'],
  });
});

it.each([
  ['--only 60', 'There is no scenario "60"; there are 60b, 100k, soak.'],
  ['--peers caddy', 'There is no peer "caddy"; there are switchyard, nginx, go.'],
  ['--rounds 0', '--rounds takes a whole number from 1 to 99, not "0".'],
  ['--fast', /--fast/],
])('refuses %s', (line, message) => {
  expect(() => parse(line)).toThrow(message);
});
