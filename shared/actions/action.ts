import type { AppCommand, Screen } from '../calls/app-command.ts';
import type { Theme } from '../calls/contract.ts';
import type { InstanceView, Processes } from '../view/processes.ts';
import type { BackendKey, Snapshot } from '../view/snapshot.ts';

export type ActionGroup = 'Go to' | 'Balancer' | 'Traffic' | 'Pool' | 'Backends' | 'Config' | 'View' | 'Help';

/** Something the app can do: one line in the palette, in the menu and in the list of shortcuts. */
export interface Action {
  /** The same from one start to the next. */
  readonly id: string;
  readonly group: ActionGroup;
  /** What it does now: `Switch users-2 off`. */
  readonly name: string;
  /** What else people may look for it by. */
  readonly words: string;
  /** What it is about, where the name leaves that open. */
  readonly note?: string;
  /** The backend it is for. */
  readonly about?: BackendKey;
  /** As Electron writes it: `CmdOrCtrl+K`. */
  readonly accelerator?: string;
  /** A key without any other, for when nothing is being typed. */
  readonly key?: string;
  /** The only screen where that key does it; every one when left out. */
  readonly keyScreen?: Screen;
  /** Whether it would do anything at the moment. */
  readonly isAvailable: boolean;
  /** One of so many that it is listed only once it is looked for. */
  readonly isSearchedOnly?: true;
  /** Of something that is either on or off. */
  readonly isOn?: boolean;
  readonly command: AppCommand;
}

/** All that decides which actions there are. */
export interface ActionContext {
  /** Null before the engine's first. */
  readonly snapshot: Pick<Snapshot, 'isRunning' | 'pools' | 'listeners'> | null;
  readonly screen: Screen;
  /** The name of the pool on screen. */
  readonly pool: string | null;
  readonly theme: Theme;
  readonly isRailCollapsed: boolean;
  readonly isSending: boolean;
  /** Names of the scenarios of the config in force. */
  readonly scenarios: readonly string[];
  /** Absolute paths of configs that were open, the newest first. */
  readonly recentFiles: readonly string[];
  /** The scenario that plays. */
  readonly playing: string | null;
  /** Whether commands of the config wait for the user's word. */
  readonly hasCommandsToAllow: boolean;
  /** The scenario that there is a report of. */
  readonly report: string | null;
  /** Whether the demo runs in place of a config. */
  readonly isDemo: boolean;
  readonly commands: Processes['commands'];
  /** Backends that are processes of a command: the config has no server of that name. */
  readonly instances: readonly Pick<InstanceView, 'pool' | 'name' | 'state'>[];
}

/** How groups follow each other. */
export const ACTION_GROUPS: readonly ActionGroup[] = [
  'Go to',
  'Balancer',
  'Traffic',
  'Pool',
  'Backends',
  'Config',
  'View',
  'Help',
];
