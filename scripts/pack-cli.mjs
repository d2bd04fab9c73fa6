// npm run pack:cli: the command line as an npm package, in release/.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exitWith, runNpm } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const { layOutCliPackage } = await import('./cli-package.mjs');
  const folder = join(ROOT, 'release/cli');
  await layOutCliPackage(ROOT, folder, process.env['GITHUB_REPOSITORY']);
  const destination = join(ROOT, 'release');
  await mkdir(destination, { recursive: true });
  const { code } = await runNpm(['pack', '--pack-destination', destination], { cwd: folder });
  return code;
});
