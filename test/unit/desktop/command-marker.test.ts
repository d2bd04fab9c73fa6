import { expect, it } from 'vitest';
import { commandArguments } from '../../../electron/desktop/command-marker.ts';

it.each([
  [
    ['app', '--no-sandbox', '--cli', '--', 'serve', '--demo'],
    ['serve', '--demo'],
  ],
  [
    ['electron', '/srv/app', '--cli', '--', 'run', '--', 'npm', 'test'],
    ['run', '--', 'npm', 'test'],
  ],
  [['app', '--cli', '--'], []],
  [['app', '--cli', 'serve'], null],
  [['app', '--', '--cli', '--', 'serve'], null],
  [['app', '--config', 'my.json'], null],
  [['app', 'my.switchyard.json'], null],
  [['app'], null],
])('%j asks of the command line %j', (argv, command) => {
  expect(commandArguments(argv)).toEqual(command);
});
