import type { MenuItemConstructorOptions } from 'electron';
import type { Action, ActionContext } from '../../shared/actions/action.ts';
import type { AppCommand } from '../../shared/calls/app-command.ts';
import { isInRotation, isTriedAnyway } from '../../shared/view/rotation.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../shared/view/snapshot.ts';
import { menuItems, menuLabel, SEPARATOR } from './menu-item.ts';
import type { TrayHealth } from './tray-icon.ts';

export interface TrayActions {
  readonly perform: (command: AppCommand) => void;
  readonly showWindow: () => void;
  readonly quit: () => void;
}

/** The worst of all pools decides: a pool with nobody to serve is what somebody wants to know of. */
export function trayHealth({ snapshot }: Pick<ActionContext, 'snapshot'>): TrayHealth {
  if (!snapshot?.isRunning) return 'off';
  const pools = snapshot.pools.map(poolHealth);
  if (pools.includes('down')) return 'down';
  return pools.includes('some') ? 'some' : 'up';
}

/** `Switchyard: 3 of 5 backends up`. */
export function trayTitle({ snapshot }: Pick<ActionContext, 'snapshot'>): string {
  if (!snapshot) return 'Switchyard: starting';
  if (!snapshot.isRunning) return 'Switchyard: the balancer is off';
  const backends = snapshot.pools.flatMap((pool) => pool.backends);
  const up = backends.filter(isInRotation).length;
  const tried = snapshot.pools.some(({ isTryingAnyway }) => isTryingAnyway) ? ', tried anyway' : '';
  return `Switchyard: ${up} of ${backends.length} backend${backends.length === 1 ? '' : 's'} up${tried}`;
}

/** What the tray offers: how things stand, and the quick switches. */
export function trayTemplate(
  context: ActionContext,
  actions: readonly Action[],
  { perform, showWindow, quit }: TrayActions,
): MenuItemConstructorOptions[] {
  const items = menuItems(actions, perform);
  const pools = context.snapshot?.pools ?? [];
  return [
    { label: menuLabel(trayTitle(context)), enabled: false },
    { id: 'show', label: 'Show Switchyard', click: showWindow },
    SEPARATOR,
    ...pools.map((pool) => poolItem(pool, actions, perform)),
    SEPARATOR,
    ...items.named('balancer.running', 'balancer.clear-faults').map(withoutKey),
    SEPARATOR,
    { id: 'quit', label: 'Quit Switchyard', click: quit },
  ];
}

function poolItem(
  pool: PoolSnapshot,
  actions: readonly Action[],
  perform: (command: AppCommand) => void,
): MenuItemConstructorOptions {
  const up = pool.backends.filter(isInRotation).length;
  return {
    id: `pool/${pool.name}`,
    label: menuLabel(`${pool.name}: ${up} of ${pool.backends.length} up${poolNote(pool)}`),
    submenu: [
      ...pool.backends.map((backend) => backendItem(pool, backend, actions, perform)),
      SEPARATOR,
      {
        label: 'Show this pool',
        click: () => perform({ kind: 'show', screen: 'pool', pool: pool.name }),
      },
    ],
  };
}

/** Ticked while it is switched on; how it stands is in words. */
function backendItem(
  pool: PoolSnapshot,
  backend: BackendSnapshot,
  actions: readonly Action[],
  perform: (command: AppCommand) => void,
): MenuItemConstructorOptions {
  const id = `backend.toggle/${pool.name}/${backend.name}`;
  const command = actions.find((one) => one.id === id)?.command;
  return {
    id,
    label: menuLabel(`${backend.name}: ${standingWord(pool, backend)}`),
    type: 'checkbox',
    checked: backend.admin === 'enabled',
    click: () => command && perform(command),
  };
}

function standingWord(pool: PoolSnapshot, backend: BackendSnapshot): string {
  if (backend.admin !== 'enabled') return backend.admin === 'disabled' ? 'off by you' : 'draining';
  const simulated = backend.faults.length > 0 ? ', faults simulated' : '';
  if (backend.forced !== null) return `forced ${backend.forced} by you${simulated}`;
  const tried = isTriedAnyway(pool, backend) ? 'tried anyway, ' : '';
  if (backend.health.health === 'down') return `${tried}down, ${backend.health.reason}${simulated}`;
  if (backend.ejection !== null) return `${tried}ejected, ${backend.ejection.reason}${simulated}`;
  if (backend.health.busy) return `busy, ${backend.health.busy.reason}${simulated}`;
  return `${backend.health.health === 'up' ? 'up' : 'not checked yet'}${simulated}`;
}

function poolHealth(pool: PoolSnapshot): TrayHealth {
  const up = pool.backends.filter(isInRotation).length;
  if (up === pool.backends.length) return up === 0 ? 'off' : 'up';
  // Requests are still served where they are tried anyway.
  return up === 0 && !pool.isTryingAnyway ? 'down' : 'some';
}

/** What the count of those that are up does not say. */
function poolNote(pool: PoolSnapshot): string {
  if (pool.isTryingAnyway) return ', tried anyway';
  const busy = pool.backends.filter((one) => isInRotation(one) && one.health.busy).length;
  return busy > 0 ? `, ${busy} busy` : '';
}

/** A tray's menu hears no keys. */
function withoutKey({ accelerator: _, registerAccelerator: __, ...item }: MenuItemConstructorOptions) {
  return item;
}
