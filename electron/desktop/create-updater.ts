import { AppImageUpdater, MacUpdater, NsisUpdater } from 'electron-updater';
import type { Updater } from './updates.ts';

/** The updater for this platform. Import this file when it is needed: most launches end without a look for updates. */
export function createUpdater(platform: NodeJS.Platform): Updater {
  if (platform === 'darwin') return new MacUpdater();
  return platform === 'win32' ? new NsisUpdater() : new AppImageUpdater();
}
