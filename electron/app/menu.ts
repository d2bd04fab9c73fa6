import type { MenuItemConstructorOptions, Menu as MenuType } from 'electron';
import type { AppCommand } from '../../shared/contract.ts';

/** What the help menu offers beyond what every app has there. */
export interface HelpItem {
  readonly label: string;
  readonly click: () => void;
}

export interface MenuActions {
  /** Hands a command to the page, which does it. */
  readonly send: (command: AppCommand) => void;
  readonly setRunning: (isRunning: boolean) => void;
  readonly help: readonly HelpItem[];
}

export interface MenuPlatform {
  readonly isMac: boolean;
  /** Whether the developer tools are within reach. */
  readonly isPackaged: boolean;
  /** Configs that were open, the newest first. */
  readonly recent?: readonly string[];
}

const RUNNING = 'running';
const BACKENDS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

export function setMenu(Menu: typeof MenuType, actions: MenuActions, platform: MenuPlatform): void {
  const isRunning = Menu.getApplicationMenu()?.getMenuItemById(RUNNING)?.checked ?? true;
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, platform)));
  showRunning(Menu, isRunning);
}

/** The tick follows the balancer, whoever has switched it. */
export function showRunning(Menu: typeof MenuType, isRunning: boolean): void {
  const item = Menu.getApplicationMenu()?.getMenuItemById(RUNNING);
  if (item) item.checked = isRunning;
}

/** Everything the window can do, with its shortcut. */
export function menuTemplate(
  { send, setRunning, help }: MenuActions,
  { isMac, isPackaged, recent = [] }: MenuPlatform,
): MenuItemConstructorOptions[] {
  const item = (label: string, command: AppCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => send(command),
  });
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        item('Open config…', { kind: 'open-config' }, 'CmdOrCtrl+O'),
        item('Use the demo pool', { kind: 'use-demo' }),
        {
          label: 'Open recent',
          enabled: recent.length > 0,
          submenu: recent.map((path) => item(path, { kind: 'open-recent', path })),
        },
        item('Save config as…', { kind: 'save-config-as' }, 'CmdOrCtrl+Shift+S'),
        { type: 'separator' },
        item('Undo config change', { kind: 'step-config', direction: 'undo' }, 'CmdOrCtrl+Alt+Z'),
        item('Redo config change', { kind: 'step-config', direction: 'redo' }, 'CmdOrCtrl+Alt+Shift+Z'),
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Pool',
      submenu: [
        item('Send traffic…', { kind: 'send-traffic' }, 'CmdOrCtrl+T'),
        item('Add backend…', { kind: 'add-backend' }, 'CmdOrCtrl+N'),
        item('Find running servers…', { kind: 'find-servers' }, 'CmdOrCtrl+Shift+F'),
        {
          id: RUNNING,
          label: 'Balancer on',
          type: 'checkbox',
          checked: true,
          accelerator: 'CmdOrCtrl+Shift+B',
          click: ({ checked }) => setRunning(checked),
        },
        { type: 'separator' },
        ...BACKENDS.map((position) =>
          item(`Toggle backend ${position}`, { kind: 'toggle-backend', position }, `CmdOrCtrl+${position}`),
        ),
      ],
    },
    {
      label: 'View',
      submenu: [
        item('Pool', { kind: 'show', screen: 'pool' }, 'CmdOrCtrl+P'),
        item('Requests', { kind: 'show', screen: 'requests' }, 'CmdOrCtrl+L'),
        item('Routes', { kind: 'show', screen: 'routes' }, 'CmdOrCtrl+Shift+R'),
        item('Config', { kind: 'show', screen: 'config' }, 'CmdOrCtrl+E'),
        item('Settings', { kind: 'show', screen: 'settings' }, 'CmdOrCtrl+,'),
        { type: 'separator' },
        item('Follow the system theme', { kind: 'theme', theme: 'system' }),
        item('Light theme', { kind: 'theme', theme: 'light' }),
        item('Dark theme', { kind: 'theme', theme: 'dark' }),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        ...help.map(({ label, click }) => ({ label, click: () => click() })),
        // macOS has it in the app's own menu.
        ...(isMac ? [] : ([{ role: 'about', label: 'About Switchyard' }] as const)),
      ],
    },
  ];
}
