import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

/** How this app came to the machine, which decides who updates it and who puts its command on the path. */
export type Installation =
  /** Run from a checkout, or built without a signature. */
  | 'dev build'
  /** deb and rpm: the package manager updates it, and the command came along. */
  | 'package'
  /** A folder or a portable program, which is replaced by hand. */
  | 'portable'
  /** From its installer on Windows, from the disk image on macOS, or one AppImage: it updates itself. */
  | 'own';

export interface InstallationFacts {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
  readonly isPackaged: boolean;
  /** The folder with what was packaged beside the app's archive. */
  readonly resources: string;
}

const DEV_BUILD = /-dev-build$/;

export function installationOf(facts: InstallationFacts): Installation {
  const { platform, env, version, isPackaged, resources } = facts;
  if (packageType(resources) !== null) return 'package';
  if (!isPackaged || DEV_BUILD.test(version)) return 'dev build';
  if (platform === 'linux') return env['APPIMAGE'] ? 'own' : 'portable';
  return env['PORTABLE_EXECUTABLE_FILE'] ? 'portable' : 'own';
}

export function thisInstallation(app: Pick<App, 'getVersion' | 'isPackaged'>): Installation {
  const { platform, env, resourcesPath: resources } = process;
  return installationOf({ platform, env, resources, version: app.getVersion(), isPackaged: app.isPackaged });
}

/** Why the app does not update itself, in a sentence; null where it does. */
export function whyNoUpdates(installation: Installation): string | null {
  switch (installation) {
    case 'own':
      return null;
    case 'package':
      return 'Your package manager updates Switchyard.';
    case 'portable':
      return 'This copy was not installed, so it does not update itself.';
    case 'dev build':
      return 'A dev build does not update itself.';
  }
}

/** The version as people read it: `0.2.0 (dev build)` where it is one. */
export function versionWords(version: string, isPackaged: boolean): string {
  const isDevBuild = !isPackaged || DEV_BUILD.test(version);
  return `${version.replace(DEV_BUILD, '')}${isDevBuild ? ' (dev build)' : ''}`;
}

/** The mark of a deb or rpm. */
function packageType(resources: string): string | null {
  const path = join(resources, 'package-type');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}
