import { electronSwitches, hasDisplay, thisMachine } from '../../scripts/display.mjs';
import { findElectron } from '../../scripts/find-electron.mjs';
import { ensureLibraries } from '../../scripts/linux-libraries.mjs';
import { SetupError, say } from '../../scripts/processes.mjs';
import { buildEngineThread, WORKER } from './engine-thread.mjs';

/**
 * The engine in a worker of a real Electron's main process, without a window.
 *
 * @param {string} work
 * @returns {Promise<import('./peers.mjs').Peer['commandFor'] | null>} null, said aloud, where there is no Electron
 */
export async function electronCommand(work) {
  const isHeadless = !hasDisplay(process.platform, process.env);
  try {
    const { binary } = await findElectron();
    await ensureLibraries(binary, { needsXvfb: isHeadless });
    const folder = await buildEngineThread(work);
    const screen = isHeadless ? ['xvfb-run', '-a'] : [];
    const before = [...screen, binary, ...electronSwitches(thisMachine()), folder];
    return (backend) => ({ command: [...before, WORKER, backend] });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`Electron is left out. ${error.message}`);
    return null;
  }
}
