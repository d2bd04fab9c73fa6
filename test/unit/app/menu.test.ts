import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from '../../../electron/app/menu.ts';

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

const MACHINES = [
  { isMac: false, isPackaged: true },
  { isMac: true, isPackaged: true },
  { isMac: false, isPackaged: false },
];

describe('the menu', () => {
  it.each(MACHINES)('has no shortcut twice (%j)', (machine) => {
    const shortcuts = items(menuTemplate({ send: vi.fn(), setRunning: vi.fn(), help: [] }, machine)).flatMap(
      ({ accelerator }) => accelerator ?? [],
    );
    expect(shortcuts).toHaveLength(new Set(shortcuts).size);
    expect(shortcuts).toContain('CmdOrCtrl+9');
  });

  it.each([
    ['Open config…', { kind: 'open-config' }],
    ['Send traffic…', { kind: 'send-traffic' }],
    ['Toggle backend 3', { kind: 'toggle-backend', position: 3 }],
    ['Routes', { kind: 'show', screen: 'routes' }],
    ['Config', { kind: 'show', screen: 'config' }],
    ['Dark theme', { kind: 'theme', theme: 'dark' }],
  ])('says %s', (label, command) => {
    const send = vi.fn();
    const [machine] = MACHINES;
    const item = items(menuTemplate({ send, setRunning: vi.fn(), help: [] }, Object(machine))).find(
      (one) => one.label === label,
    );
    item?.click?.(Object({}), undefined, Object({}));
    expect(send).toHaveBeenCalledExactlyOnceWith(command);
  });

  it('keeps the developer tools out of the packaged app', () => {
    const roles = (isPackaged: boolean) =>
      items(menuTemplate({ send: vi.fn(), setRunning: vi.fn(), help: [] }, { isMac: false, isPackaged })).map(
        ({ role }) => role,
      );
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });

  it.each(MACHINES)(
    'helps with what this installation offers, and says which version it is (%j)',
    (machine) => {
      const click = vi.fn();
      const help = [{ label: 'Check for updates…', click }];
      const all = items(menuTemplate({ send: vi.fn(), setRunning: vi.fn(), help }, machine));
      const item = all.find(({ label }) => label === 'Check for updates…');
      item?.click?.(Object({}), undefined, Object({}));
      expect(click).toHaveBeenCalledExactlyOnceWith();
      expect(all.some(({ role }) => role === (machine.isMac ? 'appMenu' : 'about'))).toBe(true);
    },
  );
});
