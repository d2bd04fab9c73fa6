import type { HistoryDirection } from '../config/config-document.ts';
import type { PolicyName } from '../config/policies.ts';
import type { ProcessAction } from '../view/processes.ts';
import type { AdminState, BackendKey, ForcedHealth } from '../view/snapshot.ts';
import type { Theme } from './contract.ts';

export type Screen = 'pool' | 'requests' | 'config' | 'routes' | 'settings';

/** Those of the window's dialogs that an action opens. */
export type ActionDialog =
  | 'add-backend'
  | 'add-listener'
  | 'add-pool'
  | 'commands'
  | 'edit-backend'
  | 'faults'
  | 'health-check'
  | 'health-history'
  | 'kill-process'
  | 'listener'
  | 'own-urls'
  | 'policy-lab'
  | 'pool-settings'
  | 'process-output'
  | 'scenario'
  | 'scenario-report'
  | 'shortcuts';

/** What a menu item, a shortcut or a line of the palette asks for: plain data, so that it crosses from main to the page. */
export type AppCommand =
  | { readonly kind: 'show'; readonly screen: Screen; readonly pool?: string }
  | { readonly kind: 'show-routes'; readonly listener: string }
  /** About the backend or the scenario `of`; a dialog of a pool shows that pool first. */
  | { readonly kind: 'dialog'; readonly name: ActionDialog; readonly of?: string; readonly pool?: string }
  | { readonly kind: 'set-running'; readonly isRunning: boolean }
  | ({ readonly kind: 'set-admin'; readonly state: AdminState } & BackendKey)
  | ({ readonly kind: 'force-health'; readonly forced: ForcedHealth } & BackendKey)
  | ({ readonly kind: 'probe-now' } & BackendKey)
  /** Asks the backend for a health check that it passes, and writes that. */
  | ({ readonly kind: 'fit-check' } & BackendKey)
  | ({ readonly kind: 'set-faults'; readonly faults: readonly string[] } & BackendKey)
  | ({ readonly kind: 'remove-backend' } & BackendKey)
  | { readonly kind: 'clear-faults' }
  | { readonly kind: 'reset-counters'; readonly pool: string; readonly backend?: string }
  | ({ readonly kind: 'drop-connections' } & BackendKey)
  | ({ readonly kind: 'act-on-process'; readonly action: ProcessAction } & BackendKey)
  | {
      readonly kind: 'scale-command';
      readonly pool: string;
      readonly command: string;
      readonly instances: number;
    }
  | { readonly kind: 'set-capture'; readonly pool: string; readonly isOn: boolean }
  | { readonly kind: 'set-policy'; readonly pool: string; readonly policy: PolicyName }
  | { readonly kind: 'play-scenario'; readonly scenario: string }
  | { readonly kind: 'stop-scenario' }
  | { readonly kind: 'send-traffic' }
  | { readonly kind: 'stop-traffic' }
  | { readonly kind: 'pause-log' }
  | { readonly kind: 'filter-log' }
  | { readonly kind: 'export-log' }
  | { readonly kind: 'open-config' }
  | { readonly kind: 'find-servers' }
  | { readonly kind: 'use-demo' }
  | { readonly kind: 'open-recent'; readonly path: string }
  | { readonly kind: 'save-config-as' }
  | { readonly kind: 'step-config'; readonly direction: HistoryDirection }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'open-url'; readonly url: string }
  | { readonly kind: 'theme'; readonly theme: Theme }
  | { readonly kind: 'collapse-rail'; readonly isCollapsed: boolean }
  | { readonly kind: 'palette' };
