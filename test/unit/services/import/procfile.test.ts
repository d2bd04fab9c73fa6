import { expect, it } from 'vitest';
import { PROCFILE } from '../../../support/import-sources.ts';
import { imported, poolOf, refused } from './imported.ts';

it('has each process that serves as a pool of one command', () => {
  const { config, notes } = imported('procfile', PROCFILE);
  expect(config.pools.map(({ name }) => name)).toEqual(['web', 'api']);
  expect(poolOf(config, 'web').commands).toMatchObject([
    { name: 'web', command: 'node server.js --port $PORT', cwd: '.' },
  ]);
  expect(notes).toEqual([
    '4: worker was left out: it does not use $PORT, so nothing says that it serves HTTP.',
    '5: release was left out: it does not use $PORT, so nothing says that it serves HTTP.',
  ]);
});

it('runs in the folder of the Procfile when the config lies elsewhere', () => {
  const { config } = imported('procfile', 'web: npm start', '/srv/app');
  expect(poolOf(config, 'web').commands[0]?.cwd).toBe('/srv/app');
});

it('takes all for servers when nothing tells, and says what they have to do', () => {
  const { config, notes } = imported('procfile', 'a: one\nb: two');
  expect(config.pools).toHaveLength(2);
  expect(notes).toEqual([
    '1: a (one) has to listen on the PORT in its environment.',
    '2: b (two) has to listen on the PORT in its environment.',
  ]);
});

it.each([
  ['web node', 'Line 1: this is no line of a Procfile; write it like "web: node server.js".'],
  ['\n# nothing\n', 'The Procfile is empty; write a line such as "web: node server.js".'],
  ['release: x', 'No process here serves; add one such as "web: node server.js".'],
])('says what is wrong with %j', (text, message) => {
  expect(refused('procfile', text)).toBe(message);
});
