import { existsSync } from 'node:fs';

/**
 * Whether a window could be shown at all.
 *
 * @param {string} platform as in `process.platform`
 * @param {NodeJS.ProcessEnv} env
 */
export function hasDisplay(platform, env) {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/**
 * Switches that Electron needs on this machine and nowhere else.
 *
 * @param {{ platform: string, isRoot: boolean, hasGpu: boolean }} machine
 * @returns {string[]}
 */
export function electronSwitches({ platform, isRoot, hasGpu }) {
  if (platform !== 'linux') return [];
  // Chromium refuses to run sandboxed as root; an ordinary user keeps the sandbox.
  return [...(isRoot ? ['--no-sandbox'] : []), ...(hasGpu ? [] : ['--disable-gpu'])];
}

export function thisMachine() {
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasGpu: existsSync('/dev/dri'),
  };
}
