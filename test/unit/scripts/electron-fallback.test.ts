import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { fallbackFolder } = await loadScript('electron-fallback.mjs');
const { wantedName } = await loadScript('fallback-archive.mjs');
const { checkIntegrity } = await loadScript('fallback-download.mjs');

describe('the integrity check', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-integrity-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  // RFC 6234's "abc", in base64.
  const ofAbc =
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';

  it('lets the right file pass', async () => {
    writeFileSync(join(folder, 'file'), 'abc');
    await expect(checkIntegrity(join(folder, 'file'), ofAbc)).resolves.toBeUndefined();
  });

  it.each([['abd'], ['abc\n'], ['']])('refuses %j', async (content) => {
    writeFileSync(join(folder, 'file'), content);
    await expect(checkIntegrity(join(folder, 'file'), ofAbc)).rejects.toThrow('not the file it should be');
  });

  it('ends when it is interrupted', async () => {
    writeFileSync(join(folder, 'file'), 'abc');
    const gone = AbortSignal.abort();
    await expect(checkIntegrity(join(folder, 'file'), ofAbc, gone)).rejects.toThrow(/abort/i);
  });
});

it.each([
  ['Cypress/Cypress', 'electron'],
  ['Cypress/locales/de.pak', 'locales/de.pak'],
  ['Cypress/v8_context_snapshot.bin', 'v8_context_snapshot.bin'],
  ['Cypress/resources/app/index.js', null],
  ['Cypress/browser_v8_context_snapshot.bin', null],
  ['Cypress/locales/', null],
  ['Cypress/../../etc/passwd', null],
  ['elsewhere/file', null],
])('out of the archive, %s becomes %s', (entry, name) => {
  expect(wantedName(entry)).toBe(name);
});

it('the folder is in the cache that the user named, else in the home folder', () => {
  expect(fallbackFolder({ XDG_CACHE_HOME: '/cache' })).toBe(join('/cache', 'switchyard', 'electron-33.2.1'));
  expect(fallbackFolder({})).toBe(join(homedir(), '.cache', 'switchyard', 'electron-33.2.1'));
});
