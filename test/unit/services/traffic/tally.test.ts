import { expect, it } from 'vitest';
import { Tally } from '../../../../electron/services/traffic/tally.ts';

it('counts by name, in the order of first sight', () => {
  const tally = new Tally();
  for (const name of ['b', 'a', 'b']) tally.add(name);
  expect(Object.entries(tally.counts())).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
});

it('takes names that mean something to objects', () => {
  const tally = new Tally();
  for (const name of ['__proto__', 'constructor', '__proto__']) tally.add(name);
  expect(Object.entries(tally.counts())).toEqual([
    ['__proto__', 2],
    ['constructor', 1],
  ]);
});

it('puts what comes after a hundred names together, and loses no count', () => {
  const tally = new Tally();
  for (let count = 0; count < 1_000; count++) tally.add(String(count));
  tally.add('5');
  const counts = tally.counts();
  expect(Object.keys(counts)).toHaveLength(101);
  expect([counts['5'], counts['others']]).toEqual([2, 900]);
});
