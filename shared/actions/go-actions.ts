import type { Action, ActionContext } from './action.ts';

const SCREENS = [
  { screen: 'requests', name: 'Requests', words: 'log traffic history', accelerator: 'CmdOrCtrl+L' },
  { screen: 'routes', name: 'Routes', words: 'listeners hosts paths', accelerator: 'CmdOrCtrl+Shift+R' },
  { screen: 'config', name: 'Config', words: 'json file settings edit', accelerator: 'CmdOrCtrl+E' },
  {
    screen: 'settings',
    name: 'Settings',
    words: 'preferences launch login tray updates control',
    accelerator: 'CmdOrCtrl+,',
    key: ',',
  },
] as const;

/** What there is to set, as its page calls it. */
const SETTINGS = [
  { name: 'Launch at login', words: 'start boot autostart' },
  { name: 'Config at launch', words: 'open start file' },
  { name: 'Keep running in the tray', words: 'background close hide icon' },
  { name: 'Updates', words: 'version new release' },
  { name: 'Control API', words: 'token http outside curl port' },
] as const;

/** Screens, pools, listeners and settings. */
export function goActions({ snapshot, screen, pool }: ActionContext): readonly Action[] {
  const shownPool = snapshot?.pools.find((one) => one.name === pool) ?? snapshot?.pools[0];
  return [
    {
      id: 'go.pool',
      group: 'Go to',
      name: 'Pool',
      words: 'home distribution chart backends',
      accelerator: 'CmdOrCtrl+P',
      isAvailable: screen !== 'pool',
      isOn: screen === 'pool',
      command: { kind: 'show', screen: 'pool' },
    },
    ...SCREENS.map(({ screen: to, name, words, ...shortcut }) => ({
      id: `go.${to}`,
      group: 'Go to' as const,
      name,
      words,
      ...shortcut,
      isAvailable: screen !== to,
      isOn: screen === to,
      command: { kind: 'show' as const, screen: to },
    })),
    ...(snapshot?.pools ?? []).map(({ name, backends }) => ({
      id: `go.pool/${name}`,
      group: 'Go to' as const,
      name: `Pool ${name}`,
      words: 'show switch to',
      note: backends.length === 1 ? '1 backend' : `${backends.length} backends`,
      isAvailable: screen !== 'pool' || name !== shownPool?.name,
      isOn: name === shownPool?.name,
      command: { kind: 'show' as const, screen: 'pool' as const, pool: name },
    })),
    ...(snapshot?.listeners ?? []).map(({ name, url }) => ({
      id: `go.routes/${name}`,
      group: 'Go to' as const,
      name: `Routes of ${url.replace('http://', '')}`,
      words: 'listener hosts paths',
      isAvailable: true,
      command: { kind: 'show-routes' as const, listener: name },
    })),
    ...SETTINGS.map(({ name, words }) => ({
      id: `go.setting/${name}`,
      group: 'Go to' as const,
      name: `Settings: ${name.toLowerCase().replace('api', 'API')}`,
      words,
      isSearchedOnly: true as const,
      isAvailable: true,
      command: { kind: 'show' as const, screen: 'settings' as const },
    })),
  ];
}
