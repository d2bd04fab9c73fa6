import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { extractAll } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScript } from '../unit/scripts/load-script.ts';
import { packagedBinary } from './support/launch.ts';

const { importedFiles } = await loadScript('imported-files.mjs');

const ADDED_LIMIT_BYTES = 15_000_000;

const isMac = process.platform === 'darwin';
const appFolder = isMac ? join(dirname(packagedBinary()), '../..') : dirname(packagedBinary());
const resources = join(appFolder, isMac ? 'Contents/Resources' : 'resources');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-asar-'));
  extractAll(join(resources, 'app.asar'), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (top: string) =>
  readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const sizeBytes = (top: string) => filesIn(top).reduce((sum, path) => sum + statSync(path).size, 0);

/** What runs outside the page: what the app begins with, what that imports, and the threads it starts by their names. */
async function reachableFromStart(): Promise<Set<string>> {
  const dist = join(folder, 'dist');
  const named = readdirSync(dist).filter((name) => /\.c?js$/.test(name));
  const found = new Set(['start.js']);
  for (const name of found) {
    const imported: string[] = await importedFiles(dist, name);
    for (const one of imported) found.add(one);
    const text = readFileSync(join(dist, name), 'utf8');
    for (const one of named) if (text.includes(`"${one}"`)) found.add(one);
  }
  return found;
}

/** The page's files: those it names, and those that they name. */
function reachableFromPage(): Set<string> {
  const assets = readdirSync(join(folder, 'dist/renderer/assets'));
  const found = new Set(['index.html']);
  for (const name of found) {
    if (!/\.(html|js|css)$/.test(name)) continue;
    const text = readFileSync(join(folder, 'dist/renderer', name), 'utf8');
    for (const asset of assets) if (text.includes(asset)) found.add(`assets/${asset}`);
  }
  return found;
}

describe('the archive of the packaged app', () => {
  it('holds what runs, and nothing else', async () => {
    const wanted = new Set([
      'package.json',
      ...[...(await reachableFromStart())].map((name) => `dist/${name}`),
      ...[...reachableFromPage()].map((name) => `dist/renderer/${name}`),
    ]);
    const held = filesIn(folder).map((path) => path.slice(folder.length + 1).replaceAll('\\', '/'));
    expect(held.sort()).toEqual([...wanted].sort());
  });

  it('names no package that would have to be there, and nothing of how it is built', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
    expect(manifest).toMatchObject({ main: 'dist/start.js', version: expect.stringMatching(/-dev-build$/) });
  });

  it('and all else that is packaged adds no more than 15 MB to Electron', () => {
    const electron = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
    const before = sizeBytes(isMac ? join(electron, 'Electron.app') : electron);
    const addedBytes = sizeBytes(appFolder) - before;
    const archiveBytes = statSync(join(resources, 'app.asar')).size;
    const inMb = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
    console.error(
      `packaged: ${inMb(addedBytes)} more than Electron, ${inMb(archiveBytes)} of it the archive`,
    );
    expect(addedBytes).toBeLessThanOrEqual(ADDED_LIMIT_BYTES);
    expect(archiveBytes).toBeLessThanOrEqual(ADDED_LIMIT_BYTES);
  });
});
