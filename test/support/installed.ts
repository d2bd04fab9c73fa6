import { existsSync } from 'node:fs';

/**
 * Whether a program that a test needs is there. In CI on Linux it has to be, since `scripts/peers.mjs` installs it.
 *
 * @throws in CI, when it is missing
 */
export function isInstalled(file: string): boolean {
  if (existsSync(file)) return true;
  if (process.env['CI'] && process.platform === 'linux')
    throw new Error(`${file} is missing; scripts/peers.mjs installs it`);
  return false;
}
