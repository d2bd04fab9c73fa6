import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type InstallationFacts,
  installationOf,
  versionWords,
  whyNoUpdates,
} from '../../../electron/desktop/installation.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-resources-'));
  writeFileSync(join(folder, 'package-type'), 'deb');
});
afterAll(() => rmSync(folder, { recursive: true }));

const facts = (change: Partial<InstallationFacts>): InstallationFacts => ({
  platform: 'linux',
  env: {},
  version: '1.2.3',
  isPackaged: true,
  resources: '/nowhere',
  ...change,
});

describe('how the app came to the machine', () => {
  it.each<[string, Partial<InstallationFacts>]>([
    ['own', { env: { APPIMAGE: '/home/me/Switchyard.AppImage' } }],
    ['own', { platform: 'darwin' }],
    ['own', { platform: 'win32' }],
    ['portable', {}],
    ['portable', { platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'C:\\Switchyard.exe' } }],
    ['dev build', { isPackaged: false }],
    ['dev build', { platform: 'darwin', version: '1.2.3-dev-build' }],
    ['dev build', { env: { APPIMAGE: '/x' }, version: '1.2.3-beta.1-dev-build' }],
  ])('%s: %j', (installation, change) => {
    expect(installationOf(facts(change))).toBe(installation);
  });

  it('is a package when it says so, built for a release or not', () => {
    expect(installationOf(facts({ resources: folder }))).toBe('package');
    expect(installationOf(facts({ resources: folder, version: '1.2.3-dev-build' }))).toBe('package');
  });
});

it('only an app that was installed updates itself, and any other says who does', () => {
  expect(whyNoUpdates('own')).toBeNull();
  expect(whyNoUpdates('package')).toBe('Your package manager updates Switchyard.');
  expect(whyNoUpdates('portable')).toContain('does not update itself');
  expect(whyNoUpdates('dev build')).toContain('does not update itself');
});

it.each([
  ['1.2.3', true, '1.2.3'],
  ['1.2.3-beta.1', true, '1.2.3-beta.1'],
  ['1.2.3-dev-build', true, '1.2.3 (dev build)'],
  ['1.2.3', false, '1.2.3 (dev build)'],
])('version %s, packaged: %s, reads %s', (version, isPackaged, words) => {
  expect(versionWords(version, isPackaged)).toBe(words);
});
