// npm run dev: the app with a window that follows the source. Arguments go to Electron: npm run dev -- --inspect=9229
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEV_COMMAND } from './dev-app.mjs';
import { electronSwitches, hasDisplay, thisMachine } from './display.mjs';
import { ensureLibraries } from './linux-libraries.mjs';
import { exitWith, SetupError } from './processes.mjs';
import { checkNode, ensureDependencies, ROOT } from './project.mjs';

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  if (!hasDisplay(process.platform, process.env))
    throw new SetupError('npm run dev opens a window, and this machine has no display. Try xvfb-run.');
  // Packages are installed by now: these need them.
  const { findElectron } = await import('./find-electron.mjs');
  const { createServer } = await import('vite');
  const { binary } = await findElectron();
  await ensureLibraries(binary, { needsXvfb: false });
  // `npm start` must not take what is built here for its own build.
  rmSync(join(ROOT, 'dist/.switchyard-stamp'), { force: true });
  process.env[DEV_COMMAND] = JSON.stringify([
    binary,
    ...electronSwitches(thisMachine()),
    // A profile of its own: an installed Switchyard may run at the same time and keeps its settings.
    `--user-data-dir=${join(ROOT, 'node_modules/.switchyard-dev')}`,
    ...process.argv.slice(2),
    ROOT,
  ]);
  const server = await createServer({ configFile: join(ROOT, 'vite.config.ts') });
  await server.listen();
  server.printUrls();
  return 0;
});
