// npm run package: the app in release/, as a folder that can be run. `-- --hardened` makes it as it is shipped,
// `-- --installers` makes all that people install it from, `-- --output FOLDER` puts it elsewhere.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildKind } from './build-kind.mjs';
import { builderArguments } from './builder-arguments.mjs';
import { exitWith, run, say } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

const { values } = parseArgs({
  options: {
    hardened: { type: 'boolean' },
    installers: { type: 'boolean' },
    output: { type: 'string' },
  },
});

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const { drawIcons } = await import('./icons.mjs');
  await drawIcons(join(ROOT, 'build'), join(ROOT, 'build/generated'));
  const { findElectron } = await import('./find-electron.mjs');
  const electron = await findElectron();
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const electronVersion = lock.packages['node_modules/electron'].version;
  const { platform, env } = process;
  const { kind, missing } = buildKind(platform, env);
  if (kind === 'dev build') say(`This is a dev build. A release needs ${missing.join(', and ')}.`);
  if (electron.version !== electronVersion)
    say(`Electron ${electron.version} stands in for ${electronVersion}: what is built is for tests only.`);
  /** @type {import('./builder-arguments.mjs').Product} */
  const product = values.installers ? 'installers' : values.hardened ? 'hardened' : 'folder';
  const wish = { product, output: values.output ?? null };
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  const args = [builder, ...builderArguments(wish, electron, { version, electronVersion, platform, env })];
  const { code } = await run(process.execPath, args, { cwd: ROOT });
  return code;
});
