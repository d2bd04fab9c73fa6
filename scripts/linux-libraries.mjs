import { existsSync } from 'node:fs';
import { asNamedHere, missingLibraries, packagesFor } from './debian-packages.mjs';
import { run, SetupError, say } from './processes.mjs';

const APT_GET = '/usr/bin/apt-get';

/**
 * Sees to it that Electron's libraries are there, and Xvfb when it is wanted: installs them as root on a
 * Debian-like system, and otherwise says what to install.
 *
 * @param {string} binary
 * @param {{ needsXvfb: boolean }} wants
 */
export async function ensureLibraries(binary, { needsXvfb }) {
  if (process.platform !== 'linux') return;
  const { libraries, lacksXvfb } = await look(binary, needsXvfb);
  const missing = [...libraries, ...(lacksXvfb ? ['xvfb-run'] : [])];
  if (missing.length === 0) return;
  const named = `Electron needs what this system lacks: ${missing.join(', ')}.`;
  const { packages, unknown } = packagesFor(libraries);
  if (!existsSync(APT_GET) || (packages.length === 0 && !lacksXvfb)) {
    throw new SetupError(`${named} Install it with the system's package manager, then try again.`);
  }
  const wanted = [...packages, ...(lacksXvfb ? ['xvfb', 'xauth'] : [])];
  if (process.getuid?.() !== 0) {
    const command = aptInstall(await namedHere(wanted)).join(' ');
    throw new SetupError(`${named} Install it, then try again:\n  sudo ${command}`);
  }
  say(`${named} Installing ${wanted.join(', ')}…`);
  await install(wanted);
  const after = await look(binary, needsXvfb);
  if (after.libraries.length === 0 && !after.lacksXvfb) return;
  throw new SetupError(
    `Still missing: ${[...after.libraries, ...unknown, ...(after.lacksXvfb ? ['xvfb-run'] : [])].join(', ')}.`,
  );
}

/**
 * @param {string} binary
 * @param {boolean} needsXvfb
 */
async function look(binary, needsXvfb) {
  const { output } = await run('ldd', [binary], { quiet: true });
  const hasXvfb =
    (await run('sh', ['-c', 'command -v xvfb-run && command -v Xvfb'], { quiet: true })).code === 0;
  return { libraries: missingLibraries(output), lacksXvfb: needsXvfb && !hasXvfb };
}

/** @param {readonly string[]} packages */
async function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A container's image mostly comes without package lists.
  await run(APT_GET, ['update', '-qq'], { env, quiet: true });
  const [command = '', ...args] = aptInstall(await namedHere(packages));
  const { code, output } = await run(command, args, { env, quiet: true });
  if (code !== 0) throw new SetupError(`${[command, ...args].join(' ')} failed:\n${output}`);
}

/** @param {readonly string[]} packages */
function aptInstall(packages) {
  return ['apt-get', 'install', '-y', '--no-install-recommends', ...packages];
}

/** @param {readonly string[]} packages */
async function namedHere(packages) {
  const { output } = await run('apt-cache', ['pkgnames', 'lib'], { quiet: true });
  return asNamedHere(packages, new Set(output.split('\n')));
}
