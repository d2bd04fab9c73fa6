import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { interruptible } from './interruption.mjs';
import { run, say } from './processes.mjs';

const PROGRESS_EVERY_MS = 5_000;

/**
 * Whether the `electron` package has its binary, which it fetches when it is first wanted.
 *
 * @param {string} packageFolder
 */
export function isDownloaded(packageFolder) {
  const pathFile = join(packageFolder, 'path.txt');
  return existsSync(pathFile) && existsSync(join(packageFolder, 'dist', readFileSync(pathFile, 'utf8')));
}

/**
 * Has the `electron` package fetch its binary; it checks it against the sums that it carries.
 *
 * @param {string} packageFolder
 * @param {string} version
 * @returns {Promise<string | null>} why it failed, in a few words; null when it is there
 */
export async function downloadOfficial(packageFolder, version) {
  // On a machine that cannot reach it this fails at once, and silence is all there is to say.
  const started = Date.now();
  const ticking = setInterval(() => {
    say(`Downloading Electron ${version}… ${Math.round((Date.now() - started) / 1_000)} s`);
  }, PROGRESS_EVERY_MS);
  const script = join(packageFolder, 'install.js');
  const { code, output } = await interruptible((signal) =>
    run(process.execPath, [script], { quiet: true, signal }),
  ).finally(() => clearInterval(ticking));
  if (code === 0 && isDownloaded(packageFolder)) return null;
  return (await unknownHost(process.env)) ?? firstError(output);
}

/**
 * The package's own message says "fetch failed" and no more; an unknown host is what it mostly means.
 *
 * @param {NodeJS.ProcessEnv} env
 */
async function unknownHost(env) {
  const mirror = env['ELECTRON_MIRROR'];
  const { hostname } = new URL(mirror && URL.canParse(mirror) ? mirror : 'https://github.com');
  return lookup(hostname).then(
    () => null,
    (error) => `${hostname}: ${error.code}`,
  );
}

/** @param {string} output */
export function firstError(output) {
  const line = output.split('\n').find((one) => /error/i.test(one)) ?? output.split('\n')[0] ?? '';
  return line.trim() || 'no reason given';
}
