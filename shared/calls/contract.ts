import type { ActionContext } from '../actions/action.ts';
import type { ConfigIssue } from '../config/config.ts';
import type {
  ConfigDocument,
  ConfigFailure,
  ConfigReview,
  HistoryDirection,
  RecentFile,
} from '../config/config-document.ts';
import type { ConfigEdit, WrittenHealthCheck } from '../config/config-edit.ts';
import type { ImportReview } from '../config/import-review.ts';
import type { SettingsChange } from '../config/settings-schema.ts';
import type { Discovery, DiscoveryProgress } from '../view/discovery.ts';
import type { ExchangeLine, ExchangeView } from '../view/exchange-record.ts';
import type { CheckProgress, FoundCheck } from '../view/found-check.ts';
import type { OutputLine } from '../view/output-line.ts';
import type { LabAnswer, LabQuestion } from '../view/policy-lab.ts';
import type { ProcessAction, Processes } from '../view/processes.ts';
import type { ScenarioProgress } from '../view/scenario-progress.ts';
import type { ScenarioReport } from '../view/scenario-report.ts';
import type { SettingsFailure, SettingsView } from '../view/settings-view.ts';
import type { AdminState, BackendKey, Batch, ForcedHealth, ProbeTrial, Snapshot } from '../view/snapshot.ts';
import type { TrafficPlan, TrafficProgress, TrafficRun } from '../view/traffic.ts';
import type { AppCommand } from './app-command.ts';
import type { Result } from './result.ts';

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

/** A file that was written, and how many exchanges are in it. */
export interface HarExport {
  readonly path: string;
  readonly count: number;
}

/** Everything the window needs to draw itself for the first time. */
export interface AppState {
  readonly engine: EngineStatus;
  readonly snapshot: Snapshot | null;
  readonly config: ConfigDocument;
  readonly processes: Processes;
  /** The run that goes on, or was the last. */
  readonly traffic: TrafficProgress | null;
  /** Those that are over and kept, oldest first. */
  readonly trafficRuns: readonly TrafficRun[];
  /** The one that plays, or played last. */
  readonly scenario: ScenarioProgress | null;
  /** A file that was opened before there was a window. */
  readonly importReview: ImportReview | null;
  /** Of the last one that was played to its end. */
  readonly scenarioReport: ScenarioReport | null;
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
  /** Asks the user for a file, and writes the last report to it; null when they changed their mind. */
  'scenario:save-report': {
    readonly argument: null;
    readonly result: Result<string | null, CommandFailure>;
  };
  'engine:probe-now': { readonly argument: BackendKey; readonly result: Result<null, CommandFailure> };
  'engine:try-probe': {
    readonly argument: BackendKey & { readonly healthCheck: WrittenHealthCheck };
    readonly result: Result<ProbeTrial, CommandFailure>;
  };
  /** Cuts what is in flight at it; it stays in rotation. */
  'engine:drop-connections': { readonly argument: BackendKey; readonly result: Result<null, CommandFailure> };
  /** Of the whole pool, or of one of its backends. */
  'engine:reset-counters': {
    readonly argument: { readonly pool: string; readonly backend?: string | undefined };
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
    readonly result: Result<ExchangeView, CommandFailure>;
  };
  /** Whether the beginnings of bodies are kept, of what goes to this pool from now on. */
  'log:set-capture': {
    readonly argument: { readonly pool: string; readonly isOn: boolean };
    readonly result: Result<null, CommandFailure>;
  };
  /** Those of these exchanges that are still remembered, as HAR 1.2 where the user says; null when they say nowhere. */
  'log:export-har': {
    readonly argument: { readonly ids: readonly number[]; readonly withSecrets: boolean };
    readonly result: Result<HarExport | null, CommandFailure>;
  };
  /** Once more through its listener, to a backend of choice where that lets a request choose; the new one's id. */
  'log:send-again': {
    readonly argument: { readonly id: number; readonly backend: string | null };
    readonly result: Result<{ readonly id: number }, CommandFailure>;
  };
  /** What would have come of a pool's requests in the log under two policies; nothing is sent. */
  'lab:compare': {
    readonly argument: LabQuestion;
    readonly result: Result<LabAnswer, CommandFailure>;
  };
  'traffic:start': { readonly argument: TrafficPlan; readonly result: Result<null, CommandFailure> };
  'traffic:stop': { readonly argument: null; readonly result: Result<null, CommandFailure> };
  /** Takes a run out of those that are kept. */
  'traffic:forget': {
    readonly argument: { readonly id: number };
    readonly result: Result<null, CommandFailure>;
  };
  'config:check': { readonly argument: { readonly text: string }; readonly result: readonly ConfigIssue[] };
  'config:apply': {
    readonly argument: { readonly text: string; readonly revision: number };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  'config:edit': {
    readonly argument: { readonly edit: ConfigEdit; readonly revision: number };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  /** Asks the user for a file, then opens it, or shows what it would be as a config; null when they changed their mind. */
  'config:choose': { readonly argument: null; readonly result: Result<ConfigDocument | null, ConfigFailure> };
  /** One of those that were open before: other paths are not taken from the window. */
  'config:open': {
    readonly argument: { readonly path: string };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  /** A file that the user dropped on the window. The path is read from it by the preload script. */
  'config:open-dropped': {
    readonly argument: { readonly path: string };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  /** The demo in place of the config in force, whose file stays as it is. */
  'config:use-demo': { readonly argument: null; readonly result: Result<ConfigDocument, ConfigFailure> };
  /** A config of the user's own, where the app keeps it; one that is there already is kept beside it. */
  'config:start-own': {
    readonly argument: { readonly text: string };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  /** Which servers run on this machine. Another look ends this one. */
  'discovery:find': { readonly argument: null; readonly result: Discovery };
  /** The look that goes on answers with what it has found so far. */
  'discovery:stop': { readonly argument: null; readonly result: null };
  /**
   * Asks backends until a check is found that each passes, in the order of the URLs. Only this machine is asked, and hosts
   * that are backends already.
   */
  'check:find': {
    readonly argument: {
      readonly urls: readonly string[];
      /** Whose check holds unless a backend says otherwise; null for the default check. */
      readonly pool: string | null;
    };
    readonly result: readonly FoundCheck[];
  };
  /** The searches under way end with what they have found so far. */
  'check:stop': { readonly argument: null; readonly result: null };
  /** Asks where the file under review goes as a config, and opens that; null when the user changed their mind. */
  'import:save': {
    readonly argument: { readonly path: string };
    readonly result: Result<ConfigDocument | null, ConfigFailure>;
  };
  /** What the text would change, or what is wrong with it. */
  'config:review': {
    readonly argument: { readonly text: string };
    readonly result: Result<ConfigReview, readonly ConfigIssue[]>;
  };
  'config:step': {
    readonly argument: { readonly direction: HistoryDirection; readonly revision: number };
    readonly result: Result<ConfigDocument, ConfigFailure>;
  };
  /** Asks the user for a file to write the text to, and goes on with that one; null when they changed their mind. */
  'config:save-as': {
    readonly argument: { readonly text: string; readonly revision: number };
    readonly result: Result<ConfigDocument | null, ConfigFailure>;
  };
  /** The newest first. */
  'config:recent': { readonly argument: null; readonly result: readonly RecentFile[] };
  /** Takes one off the list. */
  'config:forget': { readonly argument: { readonly path: string }; readonly result: readonly RecentFile[] };
  /** Main asks the user whether the commands that wait in this revision may run. Where not, nothing changes. */
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
  /** What is set for the app itself. */
  'settings:get': { readonly argument: null; readonly result: SettingsView };
  'settings:change': {
    readonly argument: SettingsChange;
    readonly result: Result<SettingsView, SettingsFailure>;
  };
  /** Asks the user which config to open at launch. */
  'settings:choose-config': {
    readonly argument: null;
    readonly result: Result<SettingsView, SettingsFailure>;
  };
  /** The control API's token becomes another; the old one opens nothing from then on. */
  'settings:renew-token': { readonly argument: null; readonly result: Result<SettingsView, SettingsFailure> };
  /** Puts the token on the clipboard, by itself or in a command for curl. The window never has it. */
  'settings:copy-token': {
    readonly argument: { readonly form: 'token' | 'curl' };
    readonly result: Result<null, SettingsFailure>;
  };
  'shell:open-url': {
    readonly argument: { readonly url: string };
    readonly result: Result<null, CommandFailure>;
  };
  /** Native parts follow, and the next window opens in the right colour. */
  'app:set-theme': { readonly argument: { readonly theme: Theme }; readonly result: null };
  /** What the menu goes by. */
  'app:note-shown': { readonly argument: ShownInWindow; readonly result: null };
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
  'traffic:runs': readonly TrafficRun[];
  'scenario:progress': ScenarioProgress;
  /** One was played to its end, and what broke is back. */
  'scenario:report': ScenarioReport;
  'settings:changed': SettingsView;
  /** Another program's file was opened: nothing comes of it before the user has seen what it is as a config. */
  'import:review': ImportReview;
  'discovery:progress': DiscoveryProgress;
  'check:progress': CheckProgress;
  'app:notice': string;
  /** A menu item was used, or its shortcut. */
  'app:command': AppCommand;
}

/** What the window shows, as far as menus say so. */
export type ShownInWindow = Pick<ActionContext, 'screen' | 'pool' | 'theme' | 'isRailCollapsed'>;

export type Theme = 'system' | 'light' | 'dark';

export type CallName = keyof Calls;
export type PushName = keyof Pushes;
