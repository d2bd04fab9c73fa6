import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';
import { NGINX_CONF } from '../support/import-sources.ts';

let bench: CliBench;
beforeEach(() => {
  bench = new CliBench();
});
afterEach(() => bench.stop());

const write = (name: string, text: string) => {
  const path = join(bench.folder, name);
  writeFileSync(path, text);
  return path;
};

it('writes a config to stdout that check takes, and what was left out to stderr', async () => {
  const source = write('nginx.conf', NGINX_CONF);
  const run = bench.run('import', source);
  expect(await run.exited).toBe(0);
  expect(run.err).toContain(`${source}:11: unix:/tmp/users.sock was left out`);
  expect(readFileSync(source, 'utf8')).toBe(NGINX_CONF);
  const check = bench.run('check', '--config', write('switchyard.jsonc', run.out));
  expect(await check.exited).toBe(0);
});

it.each([
  [
    'nginx.conf',
    'upstream users {\n server a:1\n}',
    /^switchyard: Line 2: "server" lacks a ";" behind it\. \(.*:2:1\)\n$/,
  ],
  [
    'notes.txt',
    'just words',
    /^switchyard: .* is not a file that can be imported; give a docker-compose\.yml, /,
  ],
])('says in one line what is wrong with %s', async (name, text, words) => {
  const run = bench.run('import', write(name, text));
  expect(await run.exited).toBe(1);
  expect(run.err).toMatch(words);
  expect(run.out).toBe('');
});

it('wants one file', async () => {
  const run = bench.run('import');
  expect(await run.exited).toBe(2);
  expect(run.err).toBe('switchyard: import takes one FILE and nothing else; see switchyard --help\n');
});
