import type { AppCommand, Screen } from '../../shared/calls/app-command.ts';
import type { CommandFailure, EngineStatus, ShownInWindow, Theme } from '../../shared/calls/contract.ts';
import type { Result } from '../../shared/calls/result.ts';
import type { ConfigIssue } from '../../shared/config/config.ts';
import type {
  ConfigDocument,
  ConfigFailure,
  ConfigReview,
  HistoryDirection,
  RecentFile,
} from '../../shared/config/config-document.ts';
import type { ConfigEdit, WrittenHealthCheck } from '../../shared/config/config-edit.ts';
import type { ImportReview } from '../../shared/config/import-review.ts';
import type { SettingsChange } from '../../shared/config/settings-schema.ts';
import type { ExchangeView } from '../../shared/view/exchange-record.ts';
import type { OutputLine } from '../../shared/view/output-line.ts';
import type { LabAnswer, LabQuestion } from '../../shared/view/policy-lab.ts';
import type { ProcessAction, Processes } from '../../shared/view/processes.ts';
import type { ScenarioProgress } from '../../shared/view/scenario-progress.ts';
import type { ScenarioReport } from '../../shared/view/scenario-report.ts';
import type { SettingsView } from '../../shared/view/settings-view.ts';
import type {
  AdminState,
  BackendKey,
  BackendSnapshot,
  ForcedHealth,
  ProbeTrial,
  Snapshot,
} from '../../shared/view/snapshot.ts';
import type { TrafficPlan, TrafficProgress, TrafficRun } from '../../shared/view/traffic.ts';
import type { CheckActions, CheckSearch } from './check-actions.ts';
import type { DiscoveryActions, DiscoveryState } from './discovery-actions.ts';
import type { CounterMark } from './error-rate.ts';
import type { ImportActions } from './import-actions.ts';
import type { RequestLog } from './request-log.ts';

export type DialogName =
  | 'add-backend'
  | 'edit-backend'
  | 'listener'
  | 'health-check'
  | 'pool-settings'
  | 'policy-lab'
  | 'health-history'
  | 'faults'
  | 'commands'
  | 'scenario'
  | 'scenario-report'
  | 'process-output'
  | 'kill-process'
  | 'drop-connections'
  | 'header-hash'
  | 'cookie-hash'
  | 'sticky-cookie'
  | 'add-listener'
  | 'add-pool'
  | 'find-servers'
  | 'own-urls'
  | 'shortcuts';

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'bad';
  readonly words: string;
  readonly undo?: () => void;
}

/** What the user has typed over the config and not applied. */
export interface ConfigDraft {
  readonly text: string;
  /** The document it was made from. */
  readonly base: ConfigDocument;
}

/** *Send traffic* as typed; kept while its panel is closed. */
export interface TrafficForm {
  readonly kind: TrafficPlan['load']['kind'];
  readonly method: TrafficPlan['method'];
  readonly path: string;
  readonly requests: string;
  readonly concurrency: string;
  readonly perSecond: string;
  readonly seconds: string;
  /** A header a line: `X-User: 7`. */
  readonly headers: string;
  readonly body: string;
  /** Of `path` among the others. */
  readonly weight: string;
  readonly morePaths: readonly TrafficPathForm[];
}

export interface TrafficPathForm {
  readonly path: string;
  readonly weight: string;
}

export interface AppData {
  readonly isLoading: boolean;
  readonly engine: EngineStatus;
  readonly snapshot: Snapshot | null;
  /** Totals of the last seconds, for what is measured as a difference. */
  readonly marks: readonly CounterMark[];
  /** Empty while it is not on screen. */
  readonly log: RequestLog;
  readonly config: ConfigDocument;
  /** Null while the editor shows the config as it is. */
  readonly draft: ConfigDraft | null;
  /** Another program's file that was opened and waits to become a config. */
  readonly importReview: ImportReview | null;
  readonly discovery: DiscoveryState;
  readonly checkSearch: CheckSearch;
  readonly traffic: TrafficProgress | null;
  /** Those that are over, oldest first. */
  readonly trafficRuns: readonly TrafficRun[];
  readonly scenario: ScenarioProgress | null;
  readonly scenarioReport: ScenarioReport | null;
  /** Whether it has come since the last one was dismissed. */
  readonly isReportNew: boolean;
  /** Null until they were asked for. */
  readonly settings: SettingsView | null;
  /** Of all pools. */
  readonly processes: Processes;
  readonly trafficForm: TrafficForm;
  readonly isTrafficOpen: boolean;
  readonly notice: string | null;
  /** `linux`, `darwin`, `win32`. */
  readonly platform: string;
  readonly theme: Theme;
  /** What is on screen; canvas has to be told when it changes. */
  readonly drawnTheme: 'light' | 'dark';
  readonly isRailCollapsed: boolean;
  /** Which one the chart reads out, since the epoch; null for none. What else shows figures reads out the same. */
  readonly readSecond: number | null;
  /** The backend under the pointer in the lanes or the table, which the chart shows by itself; null for none. */
  readonly pointedBackend: string | null;
  readonly screen: Screen;
  readonly isPaletteOpen: boolean;
  /** What the log on screen is asked to do by key or menu; it takes it away once done. */
  readonly logAsk: 'pause' | 'filter' | null;
  /** Null until the user picks one: the first then. */
  readonly selectedPool: string | null;
  /** Whose routes are shown; null for the first. */
  readonly selectedListener: string | null;
  readonly dialog: {
    readonly name: DialogName;
    /** The backend or the scenario it is about. */
    readonly of?: string;
    /** The one on screen when it was opened. */
    readonly pool: string | null;
  } | null;
  readonly toasts: readonly Toast[];
}

export interface ShellActions {
  show(screen: Screen, pool?: string): void;
  showRoutes(listener: string): void;
  openDialog(name: DialogName, of?: string): void;
  closeDialog(): void;
  setPaletteOpen(isOpen: boolean): void;
  logAnswered(): void;
  setTheme(theme: Theme): void;
  setDrawnTheme(theme: 'light' | 'dark'): void;
  setRailCollapsed(isCollapsed: boolean): void;
  setReadSecond(second: number | null): void;
  pointAt(backend: string | null): void;
  dismissNotice(): void;
  dismissToast(id: number): void;
  toast(toast: Omit<Toast, 'id'>): void;
  copy(text: string, what: string): void;
  openUrl(url: string): Promise<void>;
  /** Does what a menu item, its shortcut or a key asks for. */
  carryOut(command: AppCommand): void;
  /** For the menu bar to be about what is on screen. */
  noteShown(shown: ShownInWindow): void;
}

export interface EngineActions {
  /** What is simulated to be wrong with a backend, in place of what was. @returns what is wrong with that, or null */
  setFaults(pool: string, backend: string, faults: readonly string[]): Promise<string | null>;
  clearFaults(): Promise<void>;
  playScenario(name: string): Promise<void>;
  /** Asks for a file to write it to. */
  saveReport(): Promise<void>;
  dismissReport(): void;
  /** And undoes what it has done. */
  stopScenario(): Promise<void>;
  /** To the real process behind a backend. */
  actOnProcess(pool: string, backend: string, action: ProcessAction): Promise<void>;
  scaleCommand(pool: string, command: string, instances: number): Promise<void>;
  /** What a process wrote after the line with this id. */
  processOutput(pool: string, backend: string, since: number): Promise<readonly OutputLine[]>;
  forceHealth(pool: string, backend: string, forced: ForcedHealth): Promise<void>;
  setAdmin(pool: string, backend: string, state: AdminState): Promise<void>;
  setRunning(isRunning: boolean): Promise<void>;
  probeNow(pool: string, backend: string): Promise<void>;
  /** What a probe with these settings gets right now; nothing else changes. */
  tryProbe(
    argument: BackendKey & { readonly healthCheck: WrittenHealthCheck },
  ): Promise<Result<ProbeTrial, CommandFailure>>;
  /** Of one backend alone where it is named. */
  resetCounters(pool: string, backend?: string): Promise<void>;
  /** Closes the connections to backends, which stay in rotation; asks first where requests are in flight. */
  dropConnections(pool: string, backends: readonly string[]): Promise<void>;
  /** Without asking. */
  cutConnections(pool: string, backends: readonly string[]): Promise<void>;
  setTrafficOpen(isOpen: boolean): void;
  changeTraffic(change: Partial<TrafficForm>): void;
  /** Why it was refused, or null. */
  startTraffic(plan: TrafficPlan): Promise<string | null>;
  stopTraffic(): Promise<void>;
  /** Takes a run out of those that are kept. */
  forgetTraffic(id: number): Promise<void>;
}

export interface SettingsActions {
  loadSettings(): Promise<void>;
  /** @param place the setting whose trouble is said where it is set. @returns that trouble, or null */
  changeSettings(change: SettingsChange, place?: keyof SettingsChange): Promise<string | null>;
  chooseConfigAtLaunch(): Promise<void>;
  /** Main puts it on the clipboard, by itself or in a command for curl. */
  copyToken(form: 'token' | 'curl'): Promise<void>;
  renewToken(): Promise<void>;
}

/** With one line for all of them, and one way back. */
export interface BulkActions {
  setAdminOf(pool: string, backends: readonly BackendSnapshot[], state: AdminState): Promise<void>;
  /** @param how what to say of it, and the faults; none to heal them */
  setFaultsOf(
    pool: string,
    backends: readonly BackendSnapshot[],
    how: { readonly title: string; readonly faults: readonly string[] },
  ): Promise<void>;
  removeServers(pool: string, names: readonly string[]): Promise<void>;
}

export interface LogActions {
  /** From now on the log is kept up to date. */
  openLog(): Promise<void>;
  closeLog(): Promise<void>;
  /** Whether the beginnings of bodies are kept, of what goes to this pool from now on. */
  setCapture(pool: string, isOn: boolean): Promise<void>;
  /** As HAR, to a file that the user is asked for. */
  exportHar(ids: readonly number[], withSecrets: boolean): Promise<void>;
  /** @param backend to get it; null for whichever the policy picks. @returns the new one's id; null when it could not be */
  sendAgain(id: number, backend: string | null): Promise<number | null>;
  /** What would have come of a pool's requests in the log under two policies. */
  comparePolicies(question: LabQuestion): Promise<Result<LabAnswer, CommandFailure>>;
  exchange(id: number): Promise<Result<ExchangeView, CommandFailure>>;
}

export interface ConfigActions {
  /** What the text would change of what is in force, or what is wrong with it. */
  reviewConfig(text: string): Promise<Result<ConfigReview, readonly ConfigIssue[]>>;
  /** The config as main has it now; what was typed over another file waits for that. */
  followConfig(config: ConfigDocument): void;
  /**
   * Takes the last change back, or makes it again.
   *
   * @param revision the one to step from; as it is now when left out
   */
  stepConfig(direction: HistoryDirection, revision?: number): Promise<void>;
  /** What is in the editor goes to a file the user names, and is in force. */
  saveConfigAs(): Promise<void>;
  recentConfigs(): Promise<readonly RecentFile[]>;
  /** And what was typed over it. */
  forgetConfig(path: string): Promise<readonly RecentFile[]>;
  checkConfig(text: string): Promise<readonly ConfigIssue[]>;
  editConfig(edit: ConfigEdit): Promise<Result<ConfigDocument, ConfigFailure>>;
  /** Main asks the user whether the commands that wait in this revision may run. */
  allowCommands(revision: number): Promise<void>;
  applyConfig(text: string, revision: number): Promise<Result<ConfigDocument, ConfigFailure>>;
  /** The text of before a change, unless something else was changed since this revision; says so then. */
  restoreConfig(text: string, revision: number): Promise<void>;
  writeDraft(text: string): void;
  /** Back to the config as it is. */
  dropDraft(): void;
  /** Goes on with the draft as a change to the config as it is now. */
  rebaseDraft(): void;
  /** At once, and says so with a way back. */
  editWithUndo(edit: ConfigEdit, words: string): Promise<void>;
  /** Null asks the user for one. */
  openConfigFile(path: string | null): Promise<void>;
  openDroppedFile(file: unknown): Promise<void>;
}

export type Store = AppData &
  ShellActions &
  EngineActions &
  BulkActions &
  SettingsActions &
  LogActions &
  ConfigActions &
  DiscoveryActions &
  CheckActions &
  ImportActions;
