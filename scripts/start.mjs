// npm start: everything from a fresh clone to the open window.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appArguments, headlessArguments, startedFrom } from './app-arguments.mjs';
import { electronSwitches, hasDisplay, thisMachine } from './display.mjs';
import { ensureLibraries } from './linux-libraries.mjs';
import { exitWith, SetupError, say } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const args = appArguments(process.argv.slice(2), startedFrom(process.env, process.cwd()));
  if (!hasDisplay(process.platform, process.env)) {
    say('There is no display here, so Switchyard serves without its window.');
    return serve(headlessArguments(args));
  }
  // Packages are there by now: what follows needs them.
  const { findElectron } = await import('./find-electron.mjs');
  const electron = await findElectron();
  await ensureLibraries(electron.binary, { needsXvfb: false });
  return open(electron.binary, [...electronSwitches(thisMachine()), ROOT, ...args]);
});

/**
 * In this very process, so that signals and the exit code are the command line's own.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function serve(args) {
  const cli = join(ROOT, 'dist/cli.js');
  process.argv = [process.execPath, cli, ...args];
  await import(pathToFileURL(cli).href);
  return Number(process.exitCode ?? 0);
}

/**
 * Gives the terminal to the app until it ends.
 *
 * @param {string} binary
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
function open(binary, args) {
  // Editors built on Electron hand this down to their terminals, where it would open no window at all.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(binary, args, { stdio: 'inherit', env });
  // Ctrl-C in a terminal reaches the app by itself as well; to be asked twice to quit does it no harm.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new SetupError(`${binary} does not start: ${error.message}`)));
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  });
}
