import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { AppMenu, type MenuPlatform, menuTemplate } from '../../../electron/desktop/menu.ts';
import { allActions } from '../../../shared/actions/all-actions.ts';
import { backend, snapshotOf } from '../../renderer/fake-api.ts';
import { contextOf } from '../shared/actions/context.ts';

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

const LINUX: MenuPlatform = { isMac: false, isPackaged: true, help: [] };
const MACHINES = [LINUX, { ...LINUX, isMac: true }, { ...LINUX, isPackaged: false }];
const itemsOf = (context = contextOf(), machine = LINUX, perform = vi.fn()) =>
  items(menuTemplate(allActions(context), perform, machine));

describe('the menu', () => {
  it.each(MACHINES)('has no shortcut twice, and every one there is (%j)', (machine) => {
    const shown = itemsOf(contextOf(), machine).flatMap(({ accelerator }) => accelerator ?? []);
    expect(shown).toHaveLength(new Set(shown).size);
    const all = allActions(contextOf()).flatMap(({ accelerator }) => accelerator ?? []);
    expect([...shown].sort()).toEqual([...all].sort());
  });

  it.each(MACHINES)('holds every action (%j)', (machine) => {
    const context = contextOf({ scenarios: ['outage'] });
    const ids = itemsOf(context, machine).flatMap(({ id }) => id ?? []);
    expect([...new Set(ids)].sort()).toEqual(
      allActions(context)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it.each([
    ['Open config…', { kind: 'open-config' }],
    ['Send traffic…', { kind: 'send-traffic' }],
    ['Switch users-2 off', { kind: 'set-admin', pool: 'users', backend: 'users-2', state: 'disabled' }],
    ['Routes', { kind: 'show', screen: 'routes' }],
    ['Dark theme', { kind: 'theme', theme: 'dark' }],
  ])('says %s', (label, command) => {
    const perform = vi.fn();
    const item = itemsOf(contextOf(), LINUX, perform).find((one) => one.label === label);
    item?.click?.(Object({}), undefined, Object({}));
    expect(perform).toHaveBeenCalledExactlyOnceWith(command);
  });

  it('ticks what is shown, and greys what would do nothing', () => {
    const shown = itemsOf(contextOf({ screen: 'requests', theme: 'dark' }));
    const ticked = shown.flatMap(({ checked, label }) => (checked ? [label] : []));
    expect(ticked).toEqual(['Requests', 'Dark theme', 'Pool users', 'Policy: Round robin']);
    expect(shown.find(({ label }) => label === 'Clear all faults')?.enabled).toBe(false);
  });

  it('underlines no letter of a name', () => {
    const context = contextOf({ snapshot: snapshotOf([backend('a&b')]) });
    expect(itemsOf(context).map(({ label }) => label)).toContain('Switch a&&b off');
  });

  it('keeps the developer tools out of the packaged app', () => {
    const roles = (isPackaged: boolean) =>
      itemsOf(contextOf(), { ...LINUX, isPackaged }).map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });

  it.each(MACHINES)(
    'helps with what this installation offers, and says which version it is (%j)',
    (machine) => {
      const click = vi.fn();
      const help = [{ label: 'Check for updates…', click }];
      const all = itemsOf(contextOf(), { ...machine, help });
      const item = all.find(({ label }) => label === 'Check for updates…');
      item?.click?.(Object({}), undefined, Object({}));
      expect(click).toHaveBeenCalledExactlyOnceWith();
      expect(all.some(({ role }) => role === (machine.isMac ? 'appMenu' : 'about'))).toBe(true);
    },
  );

  it('is made anew only when it would say something else', () => {
    const Menu = { buildFromTemplate: vi.fn(() => ({})), setApplicationMenu: vi.fn() };
    const menu = new AppMenu(Object(Menu), vi.fn(), LINUX);
    menu.show(allActions(contextOf()));
    menu.show(allActions(contextOf()));
    expect(Menu.setApplicationMenu).toHaveBeenCalledTimes(1);
    menu.show(allActions(contextOf({ isSending: true })));
    expect(Menu.setApplicationMenu).toHaveBeenCalledTimes(2);
  });
});
