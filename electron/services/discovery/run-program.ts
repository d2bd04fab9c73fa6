import { execFile } from 'node:child_process';

/** Runs a program of the system's and gives what it wrote; one that ends badly after writing has told all it could. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** @throws when it cannot be started, or wrote nothing and ended badly */
export const runProgram: RunProgram = (program, args) =>
  new Promise((resolve, reject) => {
    const options = { timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES, windowsHide: true };
    execFile(program, [...args], options, (error, stdout) => {
      if (error && stdout === '') reject(error);
      else resolve(stdout);
    });
  });
