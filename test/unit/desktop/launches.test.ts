import { expect, it, vi } from 'vitest';
import { followLaunches } from '../../../electron/desktop/launches.ts';

function fakeApp() {
  const heard = new Map<string, (...said: unknown[]) => void>();
  let isReady = false;
  return {
    app: { on: (name: string, listener: () => void) => heard.set(name, listener), isReady: () => isReady },
    ready: () => {
      isReady = true;
    },
    say: (name: string, ...said: unknown[]) => heard.get(name)?.(...said),
  };
}

it('keeps a file handed over before the app is ready, and opens one that comes later', () => {
  const { app, ready, say } = fakeApp();
  const openFile = vi.fn();
  const preventDefault = vi.fn();
  const handedOver = followLaunches(Object(app), { openFile }, { focus: vi.fn() });
  expect(handedOver()).toBeNull();
  say('open-file', { preventDefault }, '/early.json');
  expect(handedOver()).toBe('/early.json');
  expect(openFile).not.toHaveBeenCalled();
  ready();
  say('open-file', { preventDefault }, '/later.json');
  expect(openFile).toHaveBeenCalledExactlyOnceWith('/later.json');
  expect(preventDefault).toHaveBeenCalledTimes(2);
});

it('brings the window back from the dock', () => {
  const { app, say } = fakeApp();
  const focus = vi.fn();
  followLaunches(Object(app), { openFile: vi.fn() }, { focus });
  say('activate');
  expect(focus).toHaveBeenCalledOnce();
});
