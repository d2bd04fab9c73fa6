import type { Worker } from 'node:worker_threads';
import type { AppState, CommandFailure } from '../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { Config } from '../../shared/config/config.ts';
import type { ImportReview } from '../../shared/config/import-review.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { ProcessAction } from '../../shared/view/processes.ts';
import type { ScenarioReport } from '../../shared/view/scenario-report.ts';
import type { BackendKey } from '../../shared/view/snapshot.ts';
import { EngineHost } from '../engine/core/engine-host.ts';
import { createFirstProbe } from '../engine/core/first-probe.ts';
import { findCheck } from '../engine/health/find-check.ts';
import { isFreePort } from '../engine/system/free-port.ts';
import { startDemoThread } from '../services/demo/demo-thread.ts';
import { dockerSocket } from '../services/discovery/docker-socket.ts';
import { findServers } from '../services/discovery/find-servers.ts';
import { readSocketTable } from '../services/discovery/socket-table.ts';
import { ConfigProcesses } from '../services/processes/config-processes.ts';
import type { ScenarioStage } from '../services/scenarios/player.ts';
import { ScenarioDesk } from '../services/scenarios/scenario-desk.ts';
import { TrafficDesk } from '../services/traffic/traffic-desk.ts';
import type { TrafficJob } from '../services/traffic/traffic-thread.ts';
import { CheckSearches } from './check-searches.ts';
import { CommandTrust } from './command-trust.ts';
import { ConfigConsent } from './config-consent.ts';
import { failureWords } from './config-failures.ts';
import type { ApplyOptions } from './config-parts.ts';
import { ConfigService } from './config-service.ts';
import type { AskUser } from './consent-request.ts';
import { DiscoveryDesk } from './discovery-desk.ts';
import { ImportDesk } from './import-desk.ts';
import { type PushTarget, WindowPublisher } from './ipc/publisher.ts';
import { RecentFiles } from './recent-files.ts';
import { writeReport } from './report-file.ts';

/** What is in flight when the app quits gets this long. */
const QUIT_GRACE_MS = 2_000;

export interface SwitchyardParts {
  readonly spawnEngine: () => Worker;
  readonly spawnDemo: () => Worker;
  readonly spawnTraffic: (job: TrafficJob) => Worker;
  readonly findTarget: () => PushTarget | null;
  readonly onEvent: (event: EngineEvent) => void;
  /** Something has changed that a menu may have to say. */
  readonly onNews: () => void;
  /** Somebody has asked for something to be done to the process behind a backend. */
  readonly onActed: (key: BackendKey) => void;
  readonly defaultConfigPath: string;
  /** Of the certificate that Switchyard makes for itself. */
  readonly certificateFolder: string;
  /** Of the file that remembers which commands the user has allowed. */
  readonly trustPath: string;
  /** Of the file that remembers which configs the user has said yes to. */
  readonly consentPath: string;
  /** Asks the user, in a dialog that is main's own. */
  readonly askUser: AskUser;
  /** Of the file that remembers which configs were open. */
  readonly recentPath: string;
  readonly version: string;
}

/** The balancer behind the window: engine, config, and what the window is told of them. */
export class SwitchyardApp {
  readonly host: EngineHost;
  readonly config: ConfigService;
  readonly imports: ImportDesk;
  readonly discovery: DiscoveryDesk;
  readonly checkSearches: CheckSearches;
  readonly publisher: WindowPublisher;
  readonly recentFiles: RecentFiles;
  readonly scenarios: ScenarioDesk;
  readonly processes: ConfigProcesses;
  readonly traffic: TrafficDesk;
  readonly #trust: CommandTrust;
  readonly #parts: SwitchyardParts;
  #settleStarted = (): void => undefined;
  /** What is asked for before `start` waits for it too. */
  readonly #started = new Promise<void>((resolve) => {
    this.#settleStarted = resolve;
  });
  report: ScenarioReport | null = null;
  #notice: string | null = null;
  #importReview: ImportReview | null = null;
  #hasWatched = false;

  constructor(parts: SwitchyardParts) {
    this.#parts = parts;
    this.host = new EngineHost(parts.spawnEngine, {
      onPush: (push) => {
        this.publisher.forward(push);
        // Batches bring nothing that no event has told of.
        if (push.push !== 'batch') parts.onNews();
        if (push.push !== 'event') return;
        this.scenarios.tell(push.payload);
        parts.onEvent(push.payload);
      },
      onStatus: (status) => {
        this.publisher.send('engine:status', status);
        parts.onNews();
      },
    });
    this.publisher = new WindowPublisher(parts.findTarget, this.host);
    this.#trust = new CommandTrust(parts.trustPath);
    this.processes = new ConfigProcesses({
      engine: {
        setAdmin: (request) => this.host.setAdmin(request),
        snapshot: () => this.host.currentSnapshot(),
        noteBroken: (note) => this.host.noteBroken(note),
      },
      createFirstProbe,
      onMembers: () => void this.config.refresh(),
      onChange: () => {
        this.publisher.send('process:changed', this.processes.view());
        parts.onNews();
      },
      // The instance keeps its last lines.
      onLine: () => undefined,
    });
    this.recentFiles = new RecentFiles(parts.recentPath, parts.onNews);
    this.config = new ConfigService({
      trust: this.#trust,
      consent: new ConfigConsent({ trust: this.#trust, path: parts.consentPath, ask: parts.askUser }),
      apply: (config, how) => this.#apply(config, how),
      onChange: (document) => {
        this.publisher.send('config:changed', document);
        parts.onNews();
      },
      onOpened: (path) => void this.recentFiles.add(path),
      startDemo: () => startDemoThread(parts.spawnDemo),
      notify: (notice) => this.notify(notice),
      certificateFolder: parts.certificateFolder,
      defaultPath: parts.defaultConfigPath,
    });
    this.discovery = new DiscoveryDesk({
      find: (look) =>
        findServers({
          readTable: () => readSocketTable(process.platform),
          dockerSocket: dockerSocket(process.platform, process.env),
          ownPid: process.pid,
          ...look,
        }),
      onProgress: (progress) => this.publisher.send('discovery:progress', progress),
    });
    this.checkSearches = new CheckSearches({
      findCheck,
      snapshot: () => this.host.currentSnapshot(),
      onProgress: (progress) => this.publisher.send('check:progress', progress),
    });
    this.imports = new ImportDesk({
      config: this.config,
      isFree: async (port) => this.#listensOn(port) || (await isFreePort(port)),
      findCheck: (url) => findCheck(url),
      onReview: (review) => {
        if (this.#hasWatched) this.publisher.send('import:review', review);
        else this.#importReview = review;
      },
    });
    this.scenarios = new ScenarioDesk({
      stage: this.#stage(),
      witness: {
        snapshot: () => this.host.currentSnapshot(),
        tally: (request) => this.host.tally(request),
      },
      scenarios: () => this.config.scenarios,
      onProgress: (progress) => {
        this.publisher.send('scenario:progress', progress);
        parts.onNews();
      },
      onReport: (report) => {
        this.report = report;
        this.publisher.send('scenario:report', report);
      },
    });
    this.traffic = new TrafficDesk({
      spawn: parts.spawnTraffic,
      snapshot: () => this.host.currentSnapshot(),
      now: Date.now,
      onProgress: (progress) => this.publisher.send('traffic:progress', progress),
      onRuns: (runs) => {
        this.publisher.send('traffic:runs', runs);
        parts.onNews();
      },
    });
  }

  get version(): string {
    return this.#parts.version;
  }

  /** Resolves when the first config is in force, or it is known why not. */
  start(configPath: string | null): Promise<void> {
    return this.#begin(configPath).finally(this.#settleStarted);
  }

  /** Ends when nothing is listened on any more and no thread is left. */
  async stop(): Promise<void> {
    await this.traffic.stop();
    this.discovery.stop();
    this.checkSearches.stop();
    await this.scenarios.stop();
    await this.host.stop(QUIT_GRACE_MS);
    await this.processes.stop();
    await this.config.stop();
    await this.recentFiles.stop();
  }

  /** What a window needs to draw itself; batches follow. */
  async watch(): Promise<AppState> {
    await this.#started;
    // A page that is loaded anew shows no log yet, whatever the one before it did.
    if (this.#hasWatched) await this.host.showLog(false);
    const snapshot = (await this.publisher.watch()) ?? this.host.lastSnapshot;
    const notice = this.#notice;
    this.#notice = null;
    const importReview = this.#importReview;
    this.#importReview = null;
    this.#hasWatched = true;
    return {
      engine: this.host.status,
      snapshot,
      config: this.config.document,
      processes: this.processes.view(),
      traffic: this.traffic.progress,
      trafficRuns: this.traffic.runs,
      scenario: this.scenarios.progress,
      importReview,
      scenarioReport: this.report,
      platform: process.platform,
      version: this.#parts.version,
      notice,
    };
  }

  async setRunning(isRunning: boolean): Promise<Result<null, CommandFailure>> {
    const result = await this.host.setRunning({ isRunning });
    this.#parts.onNews();
    return result;
  }

  /** Opens a file the desktop, or a second launch, has handed over. */
  async openFile(path: string): Promise<void> {
    await this.#started;
    const opened = await this.imports.open(path);
    if (!opened.ok) this.notify(`${path} was not opened. ${failureWords(opened.error)}`);
  }

  async scaleCommand(
    pool: string,
    command: string,
    instances: number,
  ): Promise<Result<null, CommandFailure>> {
    if (this.processes.scale(pool, command, instances)) return ok(null);
    return fail({
      code: 'refused',
      message: `There is no command "${command}" in pool "${pool}" that runs.`,
    });
  }

  /** For the user, or who acts for them from outside. @returns why it cannot be done, in words; null when it was */
  act(key: BackendKey, action: ProcessAction): string | null {
    this.#parts.onActed(key);
    return this.processes.act(key, action);
  }

  async actOnProcess(key: BackendKey, action: ProcessAction): Promise<Result<null, CommandFailure>> {
    const refusal = this.act(key, action);
    return refusal === null ? ok(null) : fail({ code: 'unknown-backend', message: `${refusal}.` });
  }

  /** Writes the last report to a file, in the form its name asks for. */
  saveReport(path: string): Promise<Result<null, CommandFailure>> {
    return writeReport(this.report, path);
  }

  /** One line for the user, now or as soon as there is a window to show it. */
  notify(notice: string): void {
    if (this.#hasWatched) this.publisher.send('app:notice', notice);
    else this.#notice = this.#notice === null ? notice : `${this.#notice} ${notice}`;
  }

  #listensOn(port: number): boolean {
    const listeners = this.host.lastSnapshot?.listeners ?? [];
    return listeners.some(({ state }) => state.kind === 'listening' && state.port === port);
  }

  /** What scenarios act upon. */
  #stage(): ScenarioStage {
    const { host } = this;
    return {
      snapshot: () => host.currentSnapshot(),
      setAdmin: (request) => host.setAdmin(request),
      forceHealth: (request) => host.forceHealth(request),
      setFaults: (request) => host.setFaults(request),
      noteScenario: (note) => host.noteScenario(note),
      process: (key, what) => this.processes.act(key, what),
    };
  }

  /** The engine gets what answers; of its commands, those run that the user has allowed. */
  async #apply(config: Config, { keepGoing, folder }: ApplyOptions): ReturnType<EngineHost['apply']> {
    const allowed = await this.#trust.allowedOnly(config, folder);
    const applied = await this.host.apply(this.processes.forEngine(allowed), keepGoing);
    if (applied.ok) this.processes.apply(allowed, folder);
    return applied;
  }

  async #begin(configPath: string | null): Promise<void> {
    await this.host.start();
    void this.recentFiles.start();
    const isForeign = configPath !== null && (await this.imports.review(configPath));
    const notice = await this.config.start(isForeign ? null : configPath);
    if (notice !== null) this.notify(notice);
  }
}
