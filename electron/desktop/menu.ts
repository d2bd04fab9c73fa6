import type { MenuItemConstructorOptions, Menu as MenuType } from 'electron';
import type { Action } from '../../shared/actions/action.ts';
import type { AppCommand } from '../../shared/calls/app-command.ts';
import { backendMenu } from './menu-backends.ts';
import { actionItem, type MenuItems, menuItems, SEPARATOR } from './menu-item.ts';

/** What the help menu offers beyond what every app has there. */
export interface HelpItem {
  readonly label: string;
  readonly click: () => void;
}

export interface MenuPlatform {
  readonly isMac: boolean;
  /** Whether the developer tools are within reach. */
  readonly isPackaged: boolean;
  readonly help: readonly HelpItem[];
}

/** The menu bar, made anew whenever what it says has changed. */
export class AppMenu {
  readonly #Menu: typeof MenuType;
  readonly #perform: (command: AppCommand) => void;
  readonly #platform: MenuPlatform;
  #drawn = '';

  constructor(Menu: typeof MenuType, perform: (command: AppCommand) => void, platform: MenuPlatform) {
    this.#Menu = Menu;
    this.#perform = perform;
    this.#platform = platform;
  }

  show(actions: readonly Action[]): void {
    // A menu that is open would close under the pointer.
    const drawn = JSON.stringify(actions);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const template = menuTemplate(actions, this.#perform, this.#platform);
    this.#Menu.setApplicationMenu(this.#Menu.buildFromTemplate(template));
  }
}

/** Every action there is, with its shortcut, where people look for it. */
export function menuTemplate(
  actions: readonly Action[],
  perform: (command: AppCommand) => void,
  platform: MenuPlatform,
): MenuItemConstructorOptions[] {
  const items = menuItems(actions, perform);
  const { isMac, help } = platform;
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        ...items.named('config.open', 'config.import', 'config.find', 'config.own', 'config.demo'),
        { label: 'Open recent', submenu: items.named('config.recent/') },
        ...items.named('config.save-as'),
        SEPARATOR,
        ...items.named('config.undo', 'config.redo'),
        SEPARATOR,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    { label: 'View', submenu: viewMenu(items, platform) },
    { label: 'Balancer', submenu: balancerMenu(items) },
    { label: 'Pool', submenu: poolMenu(items, actions, perform) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      submenu: [
        ...items.named('help.palette', 'help.shortcuts'),
        ...help.map(({ label, click }) => ({ label, click: () => click() })),
        // macOS has it in the app's own menu.
        ...(isMac ? [] : [SEPARATOR, { role: 'about', label: 'About Switchyard' } as const]),
      ],
    },
  ];
}

function viewMenu(items: MenuItems, { isPackaged }: MenuPlatform): MenuItemConstructorOptions[] {
  return [
    ...items.choice('go.pool', 'go.requests', 'go.routes', 'go.config', 'go.settings'),
    { label: 'Go to a setting', submenu: items.named('go.setting/') },
    SEPARATOR,
    ...items.named('view.rail'),
    SEPARATOR,
    ...items.choice('view.theme/'),
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...(isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
  ];
}

function balancerMenu(items: MenuItems): MenuItemConstructorOptions[] {
  return [
    ...items.named('balancer.running', 'balancer.clear-faults', 'balancer.commands'),
    SEPARATOR,
    ...items.named('traffic.send', 'traffic.stop', 'log.filter', 'log.pause', 'log.export'),
    SEPARATOR,
    {
      label: 'Scenarios',
      submenu: items.named(
        'scenario.play/',
        'scenario.stop',
        'scenario.edit/',
        'scenario.report',
        'scenario.new',
      ),
    },
    {
      label: 'Listeners',
      submenu: items.named('listener.copy/', 'listener.open/', 'go.routes/', 'listener.add'),
    },
  ];
}

function poolMenu(
  items: MenuItems,
  actions: readonly Action[],
  perform: (command: AppCommand) => void,
): MenuItemConstructorOptions[] {
  const toggles = actions.filter(({ keyScreen, id }) => keyScreen === 'pool' && id.startsWith('backend.'));
  return [
    ...items.choice('go.pool/'),
    SEPARATOR,
    ...items.named(
      'pool.add-backend',
      'pool.add',
      'pool.settings',
      'pool.health-check',
      'pool.address',
      'pool.capture',
      'pool.reset-counters',
    ),
    {
      label: 'Policy',
      submenu: [...items.choice('pool.policy/'), SEPARATOR, ...items.named('pool.policy-lab')],
    },
    ...items.named('pool.scale-up/', 'pool.scale-down/'),
    SEPARATOR,
    ...toggles.map((action) => actionItem(action, perform)),
    ...backendMenu(actions, perform),
  ];
}
