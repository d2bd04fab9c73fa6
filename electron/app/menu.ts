import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppCommand } from '../../shared/contract.ts';

/** Everything the window can do, with its shortcut. */
export function setMenu(send: (command: AppCommand) => void, openConfig: () => void): void {
  const item = (label: string, command: AppCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => send(command),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Open config…', accelerator: 'CmdOrCtrl+O', click: openConfig },
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Pool',
      submenu: [
        item('Send traffic…', { kind: 'send-traffic' }, 'CmdOrCtrl+T'),
        item('Add backend…', { kind: 'add-backend' }, 'CmdOrCtrl+N'),
        { type: 'separator' },
        ...Array.from({ length: 9 }, (_, index) =>
          item(
            `Toggle backend ${index + 1}`,
            { kind: 'toggle-backend', position: index + 1 },
            `CmdOrCtrl+${index + 1}`,
          ),
        ),
      ],
    },
    {
      label: 'View',
      submenu: [
        item('Pool', { kind: 'show', screen: 'pool' }, 'CmdOrCtrl+P'),
        item('Config', { kind: 'show', screen: 'config' }, 'CmdOrCtrl+E'),
        { type: 'separator' },
        item('Follow the system theme', { kind: 'theme', theme: 'system' }),
        item('Light theme', { kind: 'theme', theme: 'light' }),
        item('Dark theme', { kind: 'theme', theme: 'dark' }),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
