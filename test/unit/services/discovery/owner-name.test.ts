import { expect, it } from 'vitest';
import { commandLine, nameOf, scriptOf } from '../../../../electron/services/discovery/owner-name.ts';

const named = (line: string, packageName: string | null = null) => {
  const argv = line.split(' ');
  return nameOf({ pid: 1, program: argv[0] ?? '', argv, folder: null }, packageName);
};

it.each([
  ['/usr/bin/node server.js', null, 'server.js'],
  ['/usr/bin/node /srv/app/dist/index.js', 'users-api', 'users-api'],
  ['/usr/bin/python3 -m http.server 5001', null, 'http.server'],
  ['java -cp lib.jar -jar app.jar', null, 'app.jar'],
  ['node -e 1', null, 'node'],
  ['/usr/local/bin/caddy run', 'users-api', 'caddy'],
  ['C:\\tools\\api.exe --port 1', null, 'api'],
])('%s (package %s) is called %s', (line, packageName, name) => {
  expect(named(line, packageName)).toBe(name);
});

it.each([
  ['node --import tsx --watch server.ts', 'server.ts'],
  ['node -r dotenv/config app.js', 'app.js'],
  ['node', null],
])('the script of %j is %j', (line, script) => {
  expect(scriptOf(line.split(' '))).toBe(script);
});

it('shows a command line as it was typed, about', () => {
  const argv = ['/usr/bin/node', '/srv/app/dist/server.js', '--port', '5001'];
  expect(commandLine({ pid: 1, program: '/usr/bin/node', argv, folder: '/srv/app' })).toBe(
    'node dist/server.js --port 5001',
  );
  expect(commandLine({ pid: 1, program: '/usr/bin/caddy', argv: [], folder: null })).toBe('caddy');
});
