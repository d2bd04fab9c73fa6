import type { Action, ActionContext } from './action.ts';

const THEMES = [
  { theme: 'system', name: 'Follow the system theme' },
  { theme: 'light', name: 'Light theme' },
  { theme: 'dark', name: 'Dark theme' },
] as const;

/** The window itself: its log, its file, its look, its help. */
export function windowActions({ screen, theme, isRailCollapsed }: ActionContext): readonly Action[] {
  return [
    {
      id: 'log.filter',
      group: 'Traffic',
      name: 'Filter requests',
      words: 'search find log path status',
      accelerator: 'CmdOrCtrl+F',
      key: '/',
      isAvailable: true,
      command: { kind: 'filter-log' },
    },
    {
      id: 'log.pause',
      group: 'Traffic',
      name: 'Pause the log, or go on',
      words: 'requests freeze stop follow',
      key: 'Space',
      keyScreen: 'requests',
      isAvailable: screen === 'requests',
      command: { kind: 'pause-log' },
    },
    {
      id: 'log.export',
      group: 'Traffic',
      name: 'Export the log as HAR…',
      words: 'requests save file archive',
      isAvailable: screen === 'requests',
      command: { kind: 'export-log' },
    },
    ...THEMES.map((one) => ({
      id: `view.theme/${one.theme}`,
      group: 'View' as const,
      name: one.name,
      words: 'appearance colours mode',
      isAvailable: theme !== one.theme,
      isOn: theme === one.theme,
      command: { kind: 'theme' as const, theme: one.theme },
    })),
    {
      id: 'view.rail',
      group: 'View',
      name: isRailCollapsed ? 'Expand the sidebar' : 'Collapse the sidebar',
      words: 'rail hide show',
      accelerator: 'CmdOrCtrl+B',
      isAvailable: true,
      command: { kind: 'collapse-rail', isCollapsed: !isRailCollapsed },
    },
    {
      id: 'help.palette',
      group: 'Help',
      name: 'Search or run…',
      words: 'command palette actions',
      accelerator: 'CmdOrCtrl+K',
      isAvailable: true,
      command: { kind: 'palette' },
    },
    {
      id: 'help.shortcuts',
      group: 'Help',
      name: 'Keyboard shortcuts',
      words: 'keys help',
      accelerator: 'CmdOrCtrl+/',
      key: '?',
      isAvailable: true,
      command: { kind: 'dialog', name: 'shortcuts' },
    },
  ];
}
