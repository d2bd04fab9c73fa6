import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { appArguments, headlessArguments, startedFrom } = await loadScript('app-arguments.mjs');

const HERE = resolve('/here');
const FILE = resolve('/here/one.json');

it.each([
  [[], []],
  [
    ['--config', 'one.json'],
    ['--config', FILE],
  ],
  [
    ['-c', 'one.json', '--json'],
    ['--config', FILE, '--json'],
  ],
  [['--config=one.json'], [`--config=${FILE}`]],
  [
    ['--config', FILE],
    ['--config', FILE],
  ],
  [
    ['--config', '--json'],
    ['--config', '--json'],
  ],
  [
    ['--any', 'word', '--trace-warnings'],
    ['--any', 'word', '--trace-warnings'],
  ],
])('%j reach the app as %j', (args, expected) => {
  expect(appArguments(args, HERE)).toEqual(expected);
});

it.each([
  [[], ['serve', '--demo']],
  [['--json'], ['serve', '--demo', '--json']],
  [
    ['--config', FILE],
    ['serve', '--config', FILE],
  ],
  [[`--config=${FILE}`], ['serve', `--config=${FILE}`]],
  [['--demo'], ['serve', '--demo']],
])('without a window %j becomes %j', (args, expected) => {
  expect(headlessArguments(args)).toEqual(expected);
});

it('a relative path is meant from where the person typed npm start', () => {
  expect(startedFrom({ npm_lifecycle_event: 'start', INIT_CWD: '/person' }, '/project')).toBe('/person');
  expect(startedFrom({ npm_lifecycle_event: 'test', INIT_CWD: '/person' }, '/project')).toBe('/project');
  expect(startedFrom({}, '/project')).toBe('/project');
});
