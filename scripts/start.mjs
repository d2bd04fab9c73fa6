// npm start: everything from a fresh clone to the open window.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronSwitches, hasDisplay } from './display.mjs';
import { ensureLibraries } from './linux-libraries.mjs';
import { exitWith, say } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const args = process.argv.slice(2);
  if (!hasDisplay(process.platform, process.env)) {
    say('There is no display here, so Switchyard serves without its window.');
    const headless = args.length === 0 ? ['--demo'] : args;
    return hand(process.execPath, [join(ROOT, 'dist/cli.js'), 'serve', ...headless]);
  }
  // Packages are there by now: what follows needs them.
  const { findElectron } = await import('./find-electron.mjs');
  const electron = await findElectron();
  await ensureLibraries(electron.binary, { needsXvfb: false });
  const switches = electronSwitches({
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasGpu: existsSync('/dev/dri'),
  });
  return hand(electron.binary, [...switches, ROOT, ...args]);
});

/**
 * Gives the terminal to the app until it ends.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
function hand(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' });
  // Ctrl-C reaches the app by itself; this process waits for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}
