import { hasApt, installPackages, isRoot } from './apt.mjs';
import { missingPeerPackages } from './debian-packages.mjs';
import { run, say } from './processes.mjs';

/**
 * In CI on a Debian-like system, sees to it that the proxies are there that the conformance run compares with, and curl,
 * which is one of the clients. A user's machine is left as it is: the tests say what they left out.
 */
export async function ensurePeers() {
  if (!process.env['CI'] || process.platform !== 'linux') return;
  /** @param {string} command */
  const isThere = async (command) =>
    (await run('sh', ['-c', `command -v ${command}`], { quiet: true })).code === 0;
  const missing = missingPeerPackages({
    nginx: await isThere('nginx'),
    haproxy: await isThere('haproxy'),
    curl: await isThere('curl'),
  });
  // Without apt or its rights the comparison fails, and says what to install.
  if (missing.length === 0 || !hasApt() || !isRoot()) return;
  say(`Installing ${missing.join(', ')} to compare with…`);
  await installPackages(missing);
}
