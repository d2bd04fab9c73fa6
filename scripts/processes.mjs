import { spawn } from 'node:child_process';

/**
 * Runs a command to its end, with its output shown.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, quiet?: boolean }} [options] quiet: keep the output for the result
 * @returns {Promise<{ code: number, output: string }>} never rejects; a command that cannot be started has code 127
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      // npm and npx are command scripts on Windows, which only its shell runs.
      shell: process.platform === 'win32' && /^np[mx]$/.test(command),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes) => {
        output += String(bytes);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
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
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
