import { hasApt, installCommand, installPackages, isRoot } from './apt.mjs';
import { missingLibraries, packagesFor } from './debian-packages.mjs';
import { run, SetupError, say } from './processes.mjs';

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
  if (!hasApt() || (packages.length === 0 && !lacksXvfb)) {
    throw new SetupError(`${named} Install it with the system's package manager, then try again.`);
  }
  const wanted = [...packages, ...(lacksXvfb ? ['xvfb', 'xauth'] : [])];
  if (!isRoot()) {
    throw new SetupError(
      `${named} Install it, then try again:\n  sudo ${(await installCommand(wanted)).join(' ')}`,
    );
  }
  say(`${named} Installing ${wanted.join(', ')}…`);
  await installPackages(wanted);
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
