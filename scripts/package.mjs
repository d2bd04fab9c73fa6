// npm run package: the app as a folder that can be run, in release/.
import { join } from 'node:path';
import { exitWith, run, SetupError } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const { findElectron } = await import('./find-electron.mjs');
  const electron = await findElectron();
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  const args = [builder, '--dir', '--publish', 'never', ...electronOptions(electron)];
  const { code } = await run(process.execPath, args, { cwd: ROOT });
  return code;
});

/**
 * The official Electron is electron-builder's to fetch; any other is named to it.
 *
 * @param {import('./find-electron.mjs').ElectronFound} electron
 */
function electronOptions({ source, folder, version }) {
  if (source === 'official') return [];
  if (version === '') throw new SetupError(`${folder} has no file "version", so it cannot be packaged.`);
  return [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`];
}
