import { expect, it } from 'vitest';
import { loadScript } from './load-script.ts';

const { electronSwitches, hasDisplay } = await loadScript('display.mjs');

it.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
])('on %s with %j there is a display: %s', (platform, env, expected) => {
  expect(hasDisplay(platform, env)).toBe(expected);
});

it.each([
  ['linux', true, false, ['--no-sandbox', '--disable-gpu']],
  ['linux', true, true, ['--no-sandbox']],
  ['linux', false, false, ['--disable-gpu']],
  ['linux', false, true, []],
  ['darwin', true, false, []],
  ['win32', false, false, []],
])('on %s, root: %s, GPU: %s, Electron gets %j', (platform, isRoot, hasGpu, switches) => {
  expect(electronSwitches({ platform, isRoot, hasGpu })).toEqual(switches);
});
