import { join } from 'node:path';
import { _electron } from 'playwright';
import { electronSwitches, thisMachine } from '../../../scripts/display.mjs';
import { findElectron } from '../../../scripts/find-electron.mjs';
import { ensureLibraries } from '../../../scripts/linux-libraries.mjs';
import { ROOT } from '../../../scripts/project.mjs';

/**
 * @typedef {object} OpenedApp
 * @property {import('playwright').ElectronApplication} app
 * @property {import('playwright').Page} page
 * @property {number} port where it listens
 * @property {number} firstPaintMs from the start of the page to the first of its contents on the screen
 * @property {string} version of Electron
 * @property {() => Promise<void>} close
 */

const EMPTY_APP = join(import.meta.dirname, 'empty-app');

/**
 * @param {string} work where profiles may be
 * @param {string} config
 * @returns {Promise<{ launch: () => Promise<OpenedApp>, launchEmpty: () => Promise<import('playwright').ElectronApplication> }>}
 *   each starts with a profile of its own
 */
export async function prepareApp(work, config) {
  const { binary, version } = await findElectron();
  await ensureLibraries(binary, { needsXvfb: false });
  let launches = 0;
  const start = async (/** @type {readonly string[]} */ args) => {
    const profile = `--user-data-dir=${join(work, `profile-${launches++}`)}`;
    const switches = electronSwitches(thisMachine());
    const app = await _electron.launch({ executablePath: binary, args: [...switches, ...args, profile] });
    return { app, page: await app.firstWindow() };
  };
  const launch = async () => {
    const { app, page } = await start([ROOT, '--config', config]);
    const address =
      (await page
        .getByText(/^127\.0\.0\.1:\d+$/)
        .first()
        .textContent()) ?? '';
    // The entry is there a moment after what it tells of.
    const paint = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    const firstPaintMs = Number(await paint.jsonValue());
    return {
      app,
      page,
      port: Number(address.split(':')[1]),
      firstPaintMs,
      version,
      close: () => app.close(),
    };
  };
  return { launch, launchEmpty: async () => (await start([EMPTY_APP])).app };
}
