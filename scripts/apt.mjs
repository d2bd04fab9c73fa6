import { existsSync } from 'node:fs';
import { asNamedHere } from './debian-packages.mjs';
import { run, SetupError } from './processes.mjs';

const APT_GET = '/usr/bin/apt-get';

export function hasApt() {
  return existsSync(APT_GET);
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * @param {readonly string[]} packages
 * @throws {SetupError} with what apt-get said
 */
export async function installPackages(packages) {
  // At run level 1 a package does not start the service that it brings.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  // A container's image mostly comes without package lists.
  await run(APT_GET, ['update', '-qq'], { env, quiet: true });
  const [command = '', ...args] = await installCommand(packages);
  const { code, output } = await run(command, args, { env, quiet: true });
  if (code !== 0) throw new SetupError(`${[command, ...args].join(' ')} failed:\n${output}`);
}

/**
 * The command that installs them, by the names that this release has for them.
 *
 * @param {readonly string[]} packages
 */
export async function installCommand(packages) {
  const { output } = await run('apt-cache', ['pkgnames', 'lib'], { quiet: true });
  const named = asNamedHere(packages, new Set(output.split('\n')));
  return ['apt-get', 'install', '-y', '--no-install-recommends', ...named];
}
