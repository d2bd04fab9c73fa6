// npm run visual: compares the pictures of each screen with those that were accepted; with --update it accepts them.
import { electronSwitches, hasDisplay, thisMachine } from './display.mjs';
import { findElectron } from './find-electron.mjs';
import { ensureLibraries } from './linux-libraries.mjs';
import { exitWith, run } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

const isHeadless = !hasDisplay(process.platform, process.env);

await exitWith(async () => {
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const { binary, folder } = await findElectron();
  await ensureLibraries(binary, { needsXvfb: isHeadless });
  const env = {
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: folder,
    SWITCHYARD_ELECTRON_SWITCHES: electronSwitches(thisMachine()).join(' '),
    ...(process.argv.includes('--update') ? { SWITCHYARD_ACCEPT_PICTURES: '1' } : {}),
  };
  const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'visual'];
  const [command = '', ...args] = isHeadless
    ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24', ...vitest]
    : vitest;
  return (await run(command, args, { cwd: ROOT, env })).code;
});
