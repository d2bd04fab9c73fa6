import type { MenuItemConstructorOptions } from 'electron';
import type { Action } from '../../shared/actions/action.ts';
import type { AppCommand } from '../../shared/calls/app-command.ts';
import { actionItem, menuLabel } from './menu-item.ts';

/** Every backend of every pool, each with all that can be done with it. */
export function backendMenu(
  actions: readonly Action[],
  perform: (command: AppCommand) => void,
): MenuItemConstructorOptions[] {
  const pools = new Map<string, Map<string, MenuItemConstructorOptions[]>>();
  for (const action of actions) {
    const { about } = action;
    if (!about) continue;
    const backends = pools.get(about.pool) ?? new Map<string, MenuItemConstructorOptions[]>();
    pools.set(about.pool, backends);
    const items = backends.get(about.backend) ?? [];
    backends.set(about.backend, items);
    // Two lines with one shortcut would look as if there were two of them.
    const { accelerator: _, ...plain } = actionItem(action, perform);
    items.push(plain);
  }
  const menus = [...pools].map(([pool, backends]) => ({
    label: menuLabel(pool),
    submenu: [...backends].map(([backend, submenu]) => ({ label: menuLabel(backend), submenu })),
  }));
  const [only] = menus;
  if (!only) return [];
  return [{ label: 'Backends', submenu: menus.length === 1 ? only.submenu : menus }];
}
