import { existsSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * How npm is run: the one that runs us where there is one, with our own Node, which needs no shell. Otherwise the
 * one on the path, and on Windows that is a command script, which only the shell runs.
 *
 * @param {{ execPath: string | undefined, platform: string }} machine execPath: `npm_execpath`, as npm sets it
 * @returns {{ command: string, before: string[], shell: boolean }}
 */
export function npmCommand({ execPath, platform }) {
  if (execPath && basename(execPath) === 'npm-cli.js' && existsSync(execPath)) {
    return { command: process.execPath, before: [execPath], shell: false };
  }
  return { command: 'npm', before: [], shell: platform === 'win32' };
}
