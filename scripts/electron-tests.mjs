import { electronSwitches, hasDisplay, thisMachine } from './display.mjs';
import { findElectron } from './find-electron.mjs';
import { ensureLibraries } from './linux-libraries.mjs';
import { run } from './processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from './project.mjs';

/**
 * Sets up what end-to-end tests need, as `npm test` does, and runs those whose file is called so.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} more
 */
export async function runElectronTests(name, more) {
  const isHeadless = !hasDisplay(process.platform, process.env);
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const { binary, folder } = await findElectron();
  await ensureLibraries(binary, { needsXvfb: isHeadless });
  const env = {
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: folder,
    SWITCHYARD_ELECTRON_SWITCHES: electronSwitches(thisMachine()).join(' '),
    ...more,
  };
  const screen = isHeadless ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24'] : [];
  const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', name];
  const [command = '', ...args] = [...screen, ...vitest];
  return (await run(command, args, { cwd: ROOT, env })).code;
}
