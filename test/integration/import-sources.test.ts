import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { HAPROXY_CFG, NGINX_CONF } from '../support/import-sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const isThere = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** What the real program says of the file that the readers are tested with. */
function verdict(command: string, args: (path: string) => readonly string[], text: string): string {
  const path = join(folder, command);
  writeFileSync(path, text);
  const { status, stderr, stdout } = spawnSync(command, args(path), { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? 'valid' : stderr + stdout;
}

it.skipIf(!isThere('nginx'))('nginx takes the file its reader is tested with', () => {
  const text = `pid ${folder}/pid; error_log stderr;\n${NGINX_CONF.replace('http {', `http { access_log off;`).replaceAll('listen 80;', 'listen 18080;')}`;
  expect(verdict('nginx', (path) => ['-t', '-p', folder, '-c', path], text)).toBe('valid');
});

it.skipIf(!isThere('haproxy'))('HAProxy takes the file its reader is tested with', () => {
  expect(verdict('haproxy', (path) => ['-c', '-f', path], HAPROXY_CFG)).toBe('valid');
});
