import type { ConfigIssue } from './config.ts';
import type { ExchangeLine, ExchangeRecord } from './exchange-record.ts';
import type { OutputLine } from './output-line.ts';
import type { PolicyName } from './policies.ts';
import type { PoolSettingsEdit } from './pool-settings-edit.ts';
import type { Result } from './result.ts';
import type { RoutingEdit } from './routing-edit.ts';
import type { ScenarioEdit } from './scenario-edit.ts';
import type { ScenarioProgress } from './scenario-progress.ts';
import type { AdminState, BackendKey, Batch, ForcedHealth, ProbeTrial, Snapshot } from './snapshot.ts';
import type { TrafficPlan, TrafficProgress } from './traffic.ts';

/** The config as a document: its text, where it lives, and what is wrong with what is on disk. */
export interface ConfigDocument {
  /** The text the engine runs. */
  readonly text: string;
  /** Rises with every change, whoever made it; an edit names the revision it was made from. */
  readonly revision: number;
  /** Absolute path; null for the demo, which is never saved. */
  readonly path: string | null;
  readonly isDemo: boolean;
  /** When the file on disk cannot be used: why. The engine goes on with `text`. */
  readonly fileIssues: readonly ConfigIssue[];
  /** Commands of the config in force that do not run, because the user has not allowed them yet. */
  readonly toAllow: readonly CommandToAllow[];
}

/** A server that is a command, with all that decides what it does to this machine. */
export interface CommandToAllow {
  readonly pool: string;
  readonly name: string;
  readonly command: string;
  readonly instances: number;
  /** Absolute. */
  readonly cwd: string;
  /** On top of the environment of Switchyard itself. */
  readonly env: Readonly<Record<string, string>>;
}

/** What Switchyard runs for the commands of the config. */
export interface Processes {
  readonly commands: readonly CommandView[];
  /** In the order of the config, by number. */
  readonly instances: readonly InstanceView[];
}

export interface CommandView {
  readonly pool: string;
  readonly name: string;
  /** How many instances there are to be: as in the config, or as scaled since. */
  readonly wanted: number;
}

/** A process that Switchyard runs for a command of the config. */
export interface InstanceView {
  readonly pool: string;
  /** Its backend's name too, from its first answer on. */
  readonly name: string;
  readonly state: 'starting' | 'running' | 'paused' | 'backing-off' | 'stopping' | 'stopped';
  /** How it ended, in words, where that is why it does not run. */
  readonly reason: string | null;
  readonly port: number | null;
  readonly pid: number | null;
}

export type ProcessAction = 'kill' | 'pause' | 'resume' | 'stop' | 'start';

export type ConfigFailure =
  | { readonly code: 'invalid'; readonly issues: readonly ConfigIssue[] }
  | { readonly code: 'conflict'; readonly message: string }
  | { readonly code: 'not-applied'; readonly message: string }
  | { readonly code: 'not-saved'; readonly message: string };

/** A small change made in the window; everything else in the file stays as the user wrote it. */
export type ConfigEdit =
  | { readonly kind: 'add-server'; readonly pool: string; readonly server: ServerInput }
  | {
      readonly kind: 'update-server';
      readonly pool: string;
      readonly backend: string;
      readonly server: ServerInput;
    }
  | {
      readonly kind: 'set-weight';
      readonly pool: string;
      readonly backend: string;
      readonly weight: number;
    }
  | { readonly kind: 'remove-server'; readonly pool: string; readonly backend: string }
  /** The whole check: what is left out has its default from then on. */
  | { readonly kind: 'set-health-check'; readonly pool: string; readonly healthCheck: WrittenHealthCheck }
  /** All that a server says of its own check: what is left out is its pool's from then on. */
  | {
      readonly kind: 'set-server-health-check';
      readonly pool: string;
      readonly backend: string;
      readonly healthCheck: WrittenHealthCheck;
    }
  | {
      readonly kind: 'set-policy';
      readonly pool: string;
      readonly policy: PolicyName;
      /** The header or cookie it goes by, where it needs one. */
      readonly parameter?: string | undefined;
    }
  | { readonly kind: 'set-address'; readonly listener: string; readonly address: string }
  | PoolSettingsEdit
  | ScenarioEdit
  | RoutingEdit;

/** As typed by the user; checked by the schema, not by the form. */
export interface ServerInput {
  readonly url: string;
  readonly name?: string | undefined;
  readonly weight?: number | undefined;
  /** Text where it is no number, for the schema to complain of. */
  readonly maxConnections?: number | string | undefined;
  readonly backup?: true | undefined;
}

/** A health check as it stands in the config; what is left out has its default there. */
export type WrittenHealthCheck = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | Readonly<Record<string, string>>>
>;

/** The engine's thread as main sees it. */
export type EngineStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'restarting'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export type CommandFailure = {
  readonly code: 'unknown-backend' | 'engine-unavailable' | 'refused';
  readonly message: string;
};

/** Everything the window needs to draw itself for the first time. */
export interface AppState {
  readonly engine: EngineStatus;
  readonly snapshot: Snapshot | null;
  readonly config: ConfigDocument;
  readonly processes: Processes;
  readonly traffic: TrafficProgress | null;
  /** The one that plays, or played last. */
  readonly scenario: ScenarioProgress | null;
  readonly platform: string;
  readonly version: string;
  /** One line to show once: the port that was taken instead of 8080, say. */
  readonly notice: string | null;
}

/** What the renderer may ask of main. One argument each; every answer is a value. */
export interface Calls {
  /** Starts the batches for this window, and returns what they build on. */
  'app:watch': { readonly argument: null; readonly result: AppState };
  'engine:set-running': {
    readonly argument: { readonly isRunning: boolean };
    readonly result: Result<null, CommandFailure>;
  };
  'engine:set-admin': {
    readonly argument: BackendKey & { readonly state: AdminState };
    readonly result: Result<null, CommandFailure>;
  };
  'engine:force-health': {
    readonly argument: BackendKey & { readonly forced: ForcedHealth };
    readonly result: Result<null, CommandFailure>;
  };
  /** In place of those it has; each as people type it: `latency 200ms affects=traffic`. */
  'engine:set-faults': {
    readonly argument: BackendKey & { readonly faults: readonly string[] };
    readonly result: Result<null, CommandFailure>;
  };
  'engine:clear-faults': { readonly argument: null; readonly result: Result<null, CommandFailure> };
  /** One of the config in force, by name. */
  'scenario:play': {
    readonly argument: { readonly name: string };
    readonly result: Result<null, CommandFailure>;
  };
  /** Undoes what it has done. */
  'scenario:stop': { readonly argument: null; readonly result: Result<null, CommandFailure> };
  'engine:probe-now': { readonly argument: BackendKey; readonly result: Result<null, CommandFailure> };
  'engine:try-probe': {
    readonly argument: BackendKey & { readonly healthCheck: WrittenHealthCheck };
    readonly result: Result<ProbeTrial, CommandFailure>;
  };
  'engine:reset-counters': {
    readonly argument: { readonly pool: string };
    readonly result: Result<null, CommandFailure>;
  };
  /** Whether batches bring the log; what it holds already is the answer, oldest first. */
  'log:show': {
    readonly argument: { readonly isShown: boolean };
    readonly result: readonly ExchangeLine[];
  };
  /** One of its exchanges in full. An engine that was restarted has forgotten the old ones, and counts anew. */
  'log:exchange': {
    readonly argument: { readonly id: number };
    readonly result: Result<ExchangeRecord, CommandFailure>;
  };
  'traffic:start': { readonly argument: TrafficPlan; readonly result: Result<null, CommandFailure> };
  'traffic:stop': { readonly argument: null; readonly result: Result<null, CommandFailure> };
  'config:check': { readonly argument: { readonly text: string }; readonly result: readonly ConfigIssue[] };
  'config:apply': {
    readonly argument: { readonly text: string; readonly revision: number };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  'config:edit': {
    readonly argument: { readonly edit: ConfigEdit; readonly revision: number };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  /** Asks the user for a file, then opens it; null when they changed their mind. */
  'config:choose': { readonly argument: null; readonly result: Result<ConfigDocument | null, ConfigFailure> };
  'config:open': {
    readonly argument: { readonly path: string };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  /** The commands that wait in this revision of the config may run from now on. */
  'config:allow-commands': {
    readonly argument: { readonly revision: number };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  'process:act': {
    readonly argument: BackendKey & { readonly action: ProcessAction };
    readonly result: Result<null, CommandFailure>;
  };
  /** Up or down at once, until the config says another number. */
  'process:scale': {
    readonly argument: { readonly pool: string; readonly command: string; readonly instances: number };
    readonly result: Result<null, CommandFailure>;
  };
  /** What it wrote after the line with this id, oldest first; 0 for all that is kept. */
  'process:output': {
    readonly argument: BackendKey & { readonly since: number };
    readonly result: readonly OutputLine[];
  };
  'shell:open-url': {
    readonly argument: { readonly url: string };
    readonly result: Result<null, CommandFailure>;
  };
  /** Native parts follow, and the next window opens in the right colour. */
  'app:set-theme': { readonly argument: { readonly theme: Theme }; readonly result: null };
  'shell:copy': { readonly argument: { readonly text: string }; readonly result: null };
}

/** What main tells the renderer without being asked. */
export interface Pushes {
  'engine:snapshot': Snapshot;
  'engine:batch': Batch;
  'engine:status': EngineStatus;
  'config:changed': ConfigDocument;
  'process:changed': Processes;
  'traffic:progress': TrafficProgress;
  'scenario:progress': ScenarioProgress;
  'app:notice': string;
  /** A menu item or its shortcut was used: `toggle-backend:3`, `show:config`. */
  'app:command': AppCommand;
}

export type AppCommand =
  | { readonly kind: 'show'; readonly screen: 'pool' | 'requests' | 'config' | 'routes' }
  | { readonly kind: 'toggle-backend'; readonly position: number }
  | { readonly kind: 'send-traffic' }
  | { readonly kind: 'add-backend' }
  | { readonly kind: 'open-config' }
  | { readonly kind: 'theme'; readonly theme: Theme };

export type Theme = 'system' | 'light' | 'dark';

export type CallName = keyof Calls;
export type PushName = keyof Pushes;

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
  readonly probeNow: Method<'engine:probe-now'>;
  readonly tryProbe: Method<'engine:try-probe'>;
  readonly resetCounters: Method<'engine:reset-counters'>;
  readonly showLog: Method<'log:show'>;
  readonly exchange: Method<'log:exchange'>;
  readonly startTraffic: Method<'traffic:start'>;
  readonly stopTraffic: () => Promise<Calls['traffic:stop']['result']>;
  readonly checkConfig: Method<'config:check'>;
  readonly applyConfig: Method<'config:apply'>;
  readonly editConfig: Method<'config:edit'>;
  readonly allowCommands: Method<'config:allow-commands'>;
  readonly scaleCommand: Method<'process:scale'>;
  readonly processOutput: Method<'process:output'>;
  readonly actOnProcess: Method<'process:act'>;
  readonly chooseConfig: () => Promise<Calls['config:choose']['result']>;
  readonly openConfig: Method<'config:open'>;
  /** The path of a file dropped on the window. */
  readonly pathOfFile: (file: unknown) => string;
  readonly openUrl: Method<'shell:open-url'>;
  readonly setTheme: Method<'app:set-theme'>;
  readonly copy: Method<'shell:copy'>;
  readonly onSnapshot: Subscription<'engine:snapshot'>;
  readonly onBatch: Subscription<'engine:batch'>;
  readonly onEngineStatus: Subscription<'engine:status'>;
  readonly onProcesses: Subscription<'process:changed'>;
  readonly onConfigChanged: Subscription<'config:changed'>;
  readonly onTrafficProgress: Subscription<'traffic:progress'>;
  readonly onScenarioProgress: Subscription<'scenario:progress'>;
  readonly onNotice: Subscription<'app:notice'>;
  readonly onCommand: Subscription<'app:command'>;
}

type Method<N extends CallName> = (argument: Calls[N]['argument']) => Promise<Calls[N]['result']>;
/** Returns the function that ends the subscription. */
type Subscription<N extends PushName> = (listener: (payload: Pushes[N]) => void) => () => void;
