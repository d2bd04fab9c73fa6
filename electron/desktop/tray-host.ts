import { execFile } from 'node:child_process';

const PATIENCE_MS = 1_000;
const ASK = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  'string:org.kde.StatusNotifierWatcher',
] as const;

/**
 * Whether a tray icon can be seen. macOS and Windows always have a place for it; on Linux a panel has to offer one, and
 * Electron cannot tell: without it the icon is nowhere, and a hidden window could not be brought back.
 *
 * @param ask runs `dbus-send`, and resolves with what it prints
 */
export async function hasTrayHost(platform: string, ask = askBus): Promise<boolean> {
  if (platform !== 'linux') return true;
  return /boolean true/.test(await ask());
}

/** Nothing when there is no bus, or nobody on it. */
function askBus(): Promise<string> {
  return new Promise((resolve) => {
    execFile('dbus-send', [...ASK], { timeout: PATIENCE_MS }, (error, printed) =>
      resolve(error ? '' : printed),
    );
  });
}
