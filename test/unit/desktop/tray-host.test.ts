import { expect, it, vi } from 'vitest';
import { hasTrayHost } from '../../../electron/desktop/tray-host.ts';

it.each(['darwin', 'win32'])('always has a place on %s', async (platform) => {
  const ask = vi.fn();
  expect(await hasTrayHost(platform, ask)).toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

it.each([
  ['method return sender=org.freedesktop.DBus\n   boolean true\n', true],
  ['method return sender=org.freedesktop.DBus\n   boolean false\n', false],
  ['', false],
])('has a place on Linux when a panel offers one', async (printed, is) => {
  expect(await hasTrayHost('linux', async () => printed)).toBe(is);
});
