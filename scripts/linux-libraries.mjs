import { existsSync } from 'node:fs';
import { run, SetupError, say } from './processes.mjs';

/** Debian's package for each library Electron may miss. */
const PACKAGES = new Map([
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libgdk-3.so.0', 'libgtk-3-0'],
  ['libnss3.so', 'libnss3'],
  ['libnssutil3.so', 'libnss3'],
  ['libsmime3.so', 'libnss3'],
  ['libnspr4.so', 'libnspr4'],
  ['libasound.so.2', 'libasound2'],
  ['libgbm.so.1', 'libgbm1'],
  ['libXss.so.1', 'libxss1'],
  ['libatk-1.0.so.0', 'libatk1.0-0'],
  ['libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0'],
  ['libatspi.so.0', 'libatspi2.0-0'],
  ['libdrm.so.2', 'libdrm2'],
  ['libcups.so.2', 'libcups2'],
  ['libxkbcommon.so.0', 'libxkbcommon0'],
  ['libXcomposite.so.1', 'libxcomposite1'],
  ['libXdamage.so.1', 'libxdamage1'],
  ['libXrandr.so.2', 'libxrandr2'],
  ['libXfixes.so.3', 'libxfixes3'],
  ['libXext.so.6', 'libxext6'],
  ['libX11.so.6', 'libx11-6'],
  ['libxcb.so.1', 'libxcb1'],
  ['libpango-1.0.so.0', 'libpango-1.0-0'],
  ['libcairo.so.2', 'libcairo2'],
  ['libexpat.so.1', 'libexpat1'],
  ['libdbus-1.so.3', 'libdbus-1-3'],
]);

/**
 * The libraries that `ldd` did not find.
 *
 * @param {string} lddOutput
 * @returns {string[]}
 */
export function missingLibraries(lddOutput) {
  return [...new Set([...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? ''))];
}

/**
 * @param {readonly string[]} libraries
 * @returns {string[]} Debian's packages, each once
 */
export function packagesFor(libraries) {
  return [...new Set(libraries.map((library) => PACKAGES.get(library) ?? `# ${library}: package unknown`))];
}

/**
 * Sees to it that Electron's libraries are there, and Xvfb when it is wanted.
 *
 * @param {string | null} binary null to look at Xvfb alone
 * @param {{ needsXvfb: boolean }} wants
 */
export async function ensureLibraries(binary, { needsXvfb }) {
  if (process.platform !== 'linux') return;
  const libraries = binary ? missingLibraries((await run('ldd', [binary], { quiet: true })).output) : [];
  const hasXvfb = (await run('which', ['xvfb-run'], { quiet: true })).code === 0;
  const packages = [...packagesFor(libraries), ...(needsXvfb && !hasXvfb ? ['xvfb', 'xauth'] : [])];
  if (packages.length === 0) return;
  const named = libraries.length > 0 ? `Electron misses ${libraries.join(', ')}.` : 'Xvfb is missing.';
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const command = `apt-get install -y ${packages.filter((one) => !one.startsWith('#')).join(' ')}`;
  if (!canInstall) throw new SetupError(`${named} Install it, then try again:\n  sudo ${command}`);
  say(`${named} Installing ${packages.join(', ')}…`);
  await run('apt-get', ['update', '-qq'], { quiet: true });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await run('apt-get', command.split(' ').slice(1), { env, quiet: true });
  if (code !== 0) throw new SetupError(`${command} failed:\n${output}`);
}
