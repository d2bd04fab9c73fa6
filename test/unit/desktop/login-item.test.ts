import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoginItem, type LoginItemParts } from '../../../electron/desktop/login-item.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
});

afterEach(() => rm(folder, { recursive: true }));

function itemOn(platform: NodeJS.Platform, change: Partial<LoginItemParts> = {}, isPackaged = true) {
  const told: unknown[] = [];
  let isOn = false;
  const item = createLoginItem({
    app: {
      isPackaged,
      getLoginItemSettings: () => Object.assign(Object.create(null), { openAtLogin: isOn }),
      setLoginItemSettings: (settings) => {
        told.push(settings);
        isOn = settings.openAtLogin ?? false;
      },
    },
    platform,
    env: { XDG_CONFIG_HOME: folder },
    execPath: '/opt/Switch yard/switch$yard',
    ...change,
  });
  return { item, told };
}

describe('on Linux', () => {
  it('is an entry of the desktop, with the program quoted as entries want it', async () => {
    const { item } = itemOn('linux');
    const path = join(folder, 'autostart', 'switchyard.desktop');
    expect(await item.isOn()).toBe(false);
    expect((await item.set(true)).ok).toBe(true);
    expect(await item.isOn()).toBe(true);
    expect(await readFile(path, 'utf8')).toContain('\nExec="/opt/Switch yard/switch\\\\$yard"\n');
    expect((await item.set(false)).ok).toBe(true);
    expect(await item.isOn()).toBe(false);
  });

  it('names the AppImage, not where it is mounted', async () => {
    const env = { XDG_CONFIG_HOME: folder, APPIMAGE: '/home/me/100% Switchyard.AppImage' };
    await itemOn('linux', { env }).item.set(true);
    const entry = await readFile(join(folder, 'autostart', 'switchyard.desktop'), 'utf8');
    expect(entry).toContain('Exec="/home/me/100%% Switchyard.AppImage"');
  });

  it('is off where the desktop has switched its entry off', async () => {
    const { item } = itemOn('linux');
    await item.set(true);
    const path = join(folder, 'autostart', 'switchyard.desktop');
    await writeFile(path, `${await readFile(path, 'utf8')}X-GNOME-Autostart-enabled=false\n`);
    expect(await item.isOn()).toBe(false);
  });

  it('says why the entry could not be written', async () => {
    await writeFile(join(folder, 'autostart'), 'no folder');
    const set = await itemOn('linux').item.set(true);
    expect(set).toEqual({ ok: false, error: expect.stringContaining('switchyard.desktop could not be') });
  });
});

describe('on macOS and Windows', () => {
  it('is the system, which is asked', async () => {
    const { item, told } = itemOn('darwin');
    expect((await item.set(true)).ok).toBe(true);
    expect(await item.isOn()).toBe(true);
    expect(told).toEqual([{ openAtLogin: true }]);
  });

  it('is the portable file itself, not the folder it is unpacked to', async () => {
    const { item, told } = itemOn('win32', { env: { PORTABLE_EXECUTABLE_FILE: 'C:\\s.exe' } });
    await item.set(true);
    expect(told).toEqual([{ path: 'C:\\s.exe', openAtLogin: true }]);
  });
});

it('is not to be had from source, or where nobody knows how', async () => {
  const fromSource = itemOn('linux', {}, false).item;
  expect(fromSource.unavailable).toContain('installed');
  expect(await fromSource.isOn()).toBe(false);
  expect(await fromSource.set(true)).toEqual({ ok: false, error: fromSource.unavailable });
  expect(itemOn('freebsd').item.unavailable).toContain('freebsd');
});
