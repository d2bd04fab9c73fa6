import { isAbsolute } from 'node:path';
import type { App } from 'electron';

/**
 * One Switchyard a user: a second launch hands its config to the first, and ends.
 *
 * @param configPath of this launch
 * @param onSecondLaunch told of the other's config, null when it named none
 * @returns false when there is one already
 */
export function claimSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  configPath: string | null,
  onSecondLaunch: (configPath: string | null) => void,
): boolean {
  // Handed over as data: Chromium adds switches of its own to the other's command line, and reorders it.
  if (!app.requestSingleInstanceLock({ configPath })) return false;
  app.on('second-instance', (_event, _argv, _folder, data) => onSecondLaunch(configPathOf(data)));
  return true;
}

/** What another process says is checked like anything else from outside. */
export function configPathOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return null;
  const path: unknown = Reflect.get(data, 'configPath');
  return typeof path === 'string' && isAbsolute(path) ? path : null;
}
