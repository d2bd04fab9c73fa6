import type { AppState, CallName, Calls, Pushes, PushName } from './contract.ts';
import type { Discovery } from './discovery.ts';
import type { SettingsView } from './settings-view.ts';

/** `window.switchyard`, put there by the preload script: named methods only. */
export interface SwitchyardApi {
  readonly watch: () => Promise<AppState>;
  readonly setRunning: Method<'engine:set-running'>;
  readonly setAdmin: Method<'engine:set-admin'>;
  readonly forceHealth: Method<'engine:force-health'>;
  readonly setFaults: Method<'engine:set-faults'>;
  readonly clearFaults: () => Promise<Calls['engine:clear-faults']['result']>;
  readonly playScenario: Method<'scenario:play'>;
  readonly stopScenario: () => Promise<Calls['scenario:stop']['result']>;
  readonly saveScenarioReport: () => Promise<Calls['scenario:save-report']['result']>;
  readonly probeNow: Method<'engine:probe-now'>;
  readonly tryProbe: Method<'engine:try-probe'>;
  readonly dropConnections: Method<'engine:drop-connections'>;
  readonly resetCounters: Method<'engine:reset-counters'>;
  readonly showLog: Method<'log:show'>;
  readonly exchange: Method<'log:exchange'>;
  readonly comparePolicies: Method<'lab:compare'>;
  readonly setCapture: Method<'log:set-capture'>;
  readonly exportHar: Method<'log:export-har'>;
  readonly sendAgain: Method<'log:send-again'>;
  readonly startTraffic: Method<'traffic:start'>;
  readonly stopTraffic: () => Promise<Calls['traffic:stop']['result']>;
  readonly forgetTraffic: Method<'traffic:forget'>;
  readonly checkConfig: Method<'config:check'>;
  readonly applyConfig: Method<'config:apply'>;
  readonly editConfig: Method<'config:edit'>;
  readonly allowCommands: Method<'config:allow-commands'>;
  readonly scaleCommand: Method<'process:scale'>;
  readonly processOutput: Method<'process:output'>;
  readonly actOnProcess: Method<'process:act'>;
  readonly reviewConfig: Method<'config:review'>;
  readonly stepConfig: Method<'config:step'>;
  readonly saveConfigAs: Method<'config:save-as'>;
  readonly recentConfigs: () => Promise<Calls['config:recent']['result']>;
  readonly forgetConfig: Method<'config:forget'>;
  readonly chooseConfig: () => Promise<Calls['config:choose']['result']>;
  readonly openConfig: Method<'config:open'>;
  readonly useDemo: () => Promise<Calls['config:use-demo']['result']>;
  readonly startOwn: Method<'config:start-own'>;
  readonly findServers: () => Promise<Discovery>;
  readonly stopFinding: () => Promise<null>;
  readonly findChecks: Method<'check:find'>;
  readonly stopFindingChecks: () => Promise<null>;
  readonly saveImport: Method<'import:save'>;
  /** The path of a file dropped on the window. */
  readonly pathOfFile: (file: unknown) => string;
  readonly settings: () => Promise<SettingsView>;
  readonly changeSettings: Method<'settings:change'>;
  readonly chooseConfigAtLaunch: () => Promise<Calls['settings:choose-config']['result']>;
  readonly renewToken: () => Promise<Calls['settings:renew-token']['result']>;
  readonly openUrl: Method<'shell:open-url'>;
  readonly setTheme: Method<'app:set-theme'>;
  readonly noteShown: Method<'app:note-shown'>;
  readonly copy: Method<'shell:copy'>;
  readonly onSnapshot: Subscription<'engine:snapshot'>;
  readonly onBatch: Subscription<'engine:batch'>;
  readonly onEngineStatus: Subscription<'engine:status'>;
  readonly onProcesses: Subscription<'process:changed'>;
  readonly onConfigChanged: Subscription<'config:changed'>;
  readonly onTrafficProgress: Subscription<'traffic:progress'>;
  readonly onTrafficRuns: Subscription<'traffic:runs'>;
  readonly onScenarioProgress: Subscription<'scenario:progress'>;
  readonly onScenarioReport: Subscription<'scenario:report'>;
  readonly onSettings: Subscription<'settings:changed'>;
  readonly onDiscovery: Subscription<'discovery:progress'>;
  readonly onCheckProgress: Subscription<'check:progress'>;
  readonly onImportReview: Subscription<'import:review'>;
  readonly onNotice: Subscription<'app:notice'>;
  readonly onCommand: Subscription<'app:command'>;
}

type Method<N extends CallName> = (argument: Calls[N]['argument']) => Promise<Calls[N]['result']>;
/** Returns the function that ends the subscription. */
type Subscription<N extends PushName> = (listener: (payload: Pushes[N]) => void) => () => void;
