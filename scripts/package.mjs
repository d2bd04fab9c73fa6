// npm run package: the app as a folder that can be run, in release/.
import { join } from 'node:path';
import { findElectron } from './find-electron.mjs';
import { exitWith, run } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const electron = await findElectron();
  // Only the official one can electron-builder fetch by itself; any other is named to it.
  const named =
    electron.source === 'official'
      ? []
      : [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`];
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  const { code } = await run(process.execPath, [builder, '--dir', '--publish', 'never', ...named], {
    cwd: ROOT,
  });
  return code;
});
