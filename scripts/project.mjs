import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, runNpm, SetupError, say } from './processes.mjs';
import { fingerprint, isStamped, stamp } from './stamps.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];
const SOURCES = ['electron', 'renderer', 'shared', 'vite.config.ts', 'package.json', 'package-lock.json'];
const BUILT = ['start.js', 'main.js', 'preload.cjs', 'worker.js', 'cli.js', 'renderer/index.html'];

/** @param {string} version as in `process.versions.node` */
export function isNodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

export function checkNode() {
  if (!isNodeTooOld(process.versions.node)) return;
  throw new SetupError(
    `Switchyard needs Node ${OLDEST_NODE.join('.')} or later; this is ${process.versions.node}. Get it from https://nodejs.org.`,
  );
}

/** Installs the packages when they are missing or the lockfile has changed since. */
export async function ensureDependencies() {
  const stampPath = join(ROOT, 'node_modules/.switchyard-stamp');
  const print = fingerprint(ROOT, ['package-lock.json']);
  if (isStamped(stampPath, print)) return;
  say('Installing packages from the npm registry…');
  // Where NODE_ENV is production npm would leave out what builds the app.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--progress'];
  const { code } = await runNpm(args, { cwd: ROOT });
  if (code !== 0) throw new SetupError('The packages could not be installed; npm says why above.');
  stamp(stampPath, print);
}

/** Builds `dist/` when a source has changed since. */
export async function ensureBuild() {
  const dist = join(ROOT, 'dist');
  const stampPath = join(dist, '.switchyard-stamp');
  const print = fingerprint(ROOT, SOURCES);
  if (isStamped(stampPath, print) && BUILT.every((file) => existsSync(join(dist, file)))) return;
  say('Building…');
  rmSync(dist, { recursive: true, force: true });
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const { code, output } = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    quiet: true,
  });
  if (code !== 0) throw new SetupError(`The build failed:\n${output}`);
  stamp(stampPath, print);
}
