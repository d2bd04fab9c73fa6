import { existsSync } from 'node:fs';
import { hasApt, installPackages, isRoot } from './apt.mjs';
import { missingPeerPackages } from './debian-packages.mjs';
import { say } from './processes.mjs';

/**
 * In CI on a Debian-like system, installs the programs that the tests compare with or put behind Switchyard. On a user's
 * machine it changes nothing: the tests report what they left out.
 */
export async function ensurePeers() {
  if (!process.env['CI'] || process.platform !== 'linux') return;
  const missing = missingPeerPackages(existsSync);
  // Without apt or root the tests fail and name what to install.
  if (missing.length === 0 || !hasApt() || !isRoot()) return;
  say(`Installing ${missing.join(', ')} for the tests…`);
  await installPackages(missing);
}
