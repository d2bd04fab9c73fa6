import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Interrupted } from './interruption.mjs';
import { npmCommand } from './npm-command.mjs';

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {boolean} [quiet] keep the output for the result instead of showing it
 * @property {boolean} [shell]
 * @property {AbortSignal} [signal] ends the command with SIGTERM; the result is then rejected with its reason
 */

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} a command that cannot be started has code 127
 */
export function run(command, args, options = {}) {
  const { signal, quiet = false, shell = false } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // Node warns of arguments next to a shell. None of ours needs quoting there.
    const [file, list] = shell ? [[command, ...args].join(' '), []] : [command, args];
    const child = spawn(file, list, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell,
    });
    const end = () => child.kill();
    signal?.addEventListener('abort', end, { once: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes) => {
        output += String(bytes);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => {
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options = {}) {
  const npm = npmCommand({ execPath: process.env['npm_execpath'], platform: process.platform });
  return run(npm.command, [...npm.before, ...args], { ...options, shell: npm.shell });
}

/** @param {string} line what goes on, for the person waiting */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Something a person has to put right; shown without a stack trace. */
export class SetupError extends Error {}

/** @param {() => Promise<number>} main its result is the exit code */
export async function exitWith(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Interrupted) {
      say(error.message);
      process.exitCode = 128 + constants.signals[error.signal];
    } else if (error instanceof SetupError) {
      say(error.message);
      process.exitCode = 1;
    } else throw error;
  }
}
