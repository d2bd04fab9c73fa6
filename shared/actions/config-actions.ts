import type { Action, ActionContext } from './action.ts';

/** Where the config comes from, where it goes, and its changes. */
export function configActions({ recentFiles, isDemo }: ActionContext): readonly Action[] {
  return [
    {
      id: 'config.open',
      group: 'Config',
      name: 'Open config…',
      words: 'file load',
      accelerator: 'CmdOrCtrl+O',
      isAvailable: true,
      command: { kind: 'open-config' },
    },
    {
      id: 'config.import',
      group: 'Config',
      name: 'Import from Compose, a Procfile, nginx or HAProxy…',
      words: 'file load docker convert open',
      isAvailable: true,
      command: { kind: 'open-config' },
    },
    {
      id: 'config.own',
      group: 'Config',
      name: 'Use your own services by their URLs…',
      words: 'type address servers replace demo',
      isAvailable: isDemo,
      command: { kind: 'dialog', name: 'own-urls' },
    },
    {
      id: 'config.find',
      group: 'Config',
      name: 'Find running servers…',
      words: 'discover scan ports docker processes',
      accelerator: 'CmdOrCtrl+Shift+F',
      isAvailable: true,
      command: { kind: 'find-servers' },
    },
    {
      id: 'config.demo',
      group: 'Config',
      name: 'Use the demo pool',
      words: 'example try sample',
      isAvailable: true,
      command: { kind: 'use-demo' },
    },
    {
      id: 'config.save-as',
      group: 'Config',
      name: 'Save config as…',
      words: 'file write export copy',
      accelerator: 'CmdOrCtrl+Shift+S',
      isAvailable: true,
      command: { kind: 'save-config-as' },
    },
    ...(['undo', 'redo'] as const).map((direction) => ({
      id: `config.${direction}`,
      group: 'Config' as const,
      name: direction === 'undo' ? 'Undo config change' : 'Redo config change',
      words: 'history step back revert',
      accelerator: direction === 'undo' ? 'CmdOrCtrl+Alt+Z' : 'CmdOrCtrl+Alt+Shift+Z',
      isAvailable: true,
      command: { kind: 'step-config' as const, direction },
    })),
    ...recentFiles.map((path) => ({
      id: `config.recent/${path}`,
      group: 'Config' as const,
      name: `Open ${path.split(/[\\/]/).at(-1) ?? path}`,
      words: 'recent file',
      note: path,
      isAvailable: true,
      command: { kind: 'open-recent' as const, path },
    })),
  ];
}
