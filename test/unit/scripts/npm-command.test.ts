import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { npmCommand } = await loadScript('npm-command.mjs');

const folder = mkdtempSync(join(tmpdir(), 'switchyard-npm-'));
const itself = join(folder, 'npm-cli.js');
writeFileSync(itself, '');
afterAll(() => rmSync(folder, { recursive: true }));

it.each([['linux'], ['win32']])(
  'the npm that runs us is run again, on %s too without a shell',
  (platform) => {
    const expected = { command: process.execPath, before: [itself], shell: false };
    expect(npmCommand({ execPath: itself, platform })).toEqual(expected);
  },
);

it.each([
  [undefined, 'linux', false],
  [undefined, 'win32', true],
  [join(folder, 'gone/npm-cli.js'), 'linux', false],
  [join(folder, 'yarn.js'), 'darwin', false],
])('otherwise (%s, on %s) the one on the path; with a shell: %s', (execPath, platform, shell) => {
  expect(npmCommand({ execPath, platform })).toEqual({ command: 'npm', before: [], shell });
});
