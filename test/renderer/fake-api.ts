import type { Pushes, PushName } from '../../shared/calls/contract.ts';
import { fail, ok } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import { healthCheckSchema } from '../../shared/config/health-check-schema.ts';
import { routeSchema } from '../../shared/config/route-schema.ts';
import { DEFAULT_SETTINGS } from '../../shared/config/settings-schema.ts';
import type { SettingsView } from '../../shared/view/settings-view.ts';
import type { BackendSnapshot, RouteSnapshot, Snapshot } from '../../shared/view/snapshot.ts';
import { foundCheck } from './found-check.ts';

export function backend(name: string, change: Partial<BackendSnapshot> = {}): BackendSnapshot {
  return {
    name,
    url: `http://${name}:1`,
    weight: 1,
    isBackup: false,
    maxConnections: null,
    admin: 'enabled',
    health: { health: 'up', reason: 'HEAD / → 200', since: 0 },
    forced: null,
    ejection: null,
    drainEndsAt: null,
    slowStart: null,
    faults: [],
    incident: null,
    probes: [{ at: 0, passed: true, durationMs: 1.2, words: 'HEAD / → 200' }],
    counters: {
      requests: 0,
      inFlight: 0,
      byClass: [0, 0, 0, 0, 0],
      errors: 0,
      bytesIn: 0,
      bytesOut: 0,
      latency: null,
    },
    ...change,
  };
}

/** A route of a listener on `localhost:8080`, from its settings as a config has them. */
export function route(written: object): RouteSnapshot {
  const settings = routeSchema.parse(written);
  const { host, path, pool = null, redirect, respond } = settings;
  return {
    url: host?.startsWith('*.') ? null : `http://${host ?? 'localhost'}:8080${path}`,
    match: `${host ?? ''}${path === '/' && host !== undefined ? '' : path}`,
    pool,
    target: pool ?? (redirect ? `redirect to ${redirect.to}` : `answers ${respond?.status}`),
    settings,
  };
}

export function snapshotOf(backends: readonly BackendSnapshot[], change: Partial<Snapshot> = {}): Snapshot {
  return {
    seq: 1,
    at: 100_000,
    isRunning: true,
    listeners: [
      {
        name: ':8080',
        defaultPool: 'users',
        address: ':8080',
        url: 'http://localhost:8080',
        isReachableFromNetwork: false,
        tls: null,
        isRehearsal: false,
        refusals: [],
        handshakeFailures: 0,
        routes: [],
        state: { kind: 'listening', port: 8080 },
      },
    ],
    pools: [
      {
        name: 'users',
        policy: 'round-robin',
        healthCheck: healthCheckSchema.parse({}),
        backends,
        isCaptured: false,
        whenAllDown: 'try',
        isTryingAnyway: false,
        triedAnyway: 0,
        unavailable: 0,
        waiting: 0,
        latency: null,
      },
    ],
    seconds: [],
    secondsFrom: 0,
    events: [],
    tunnels: { count: 0, newest: [] },
    ...change,
  };
}

export interface FakeApi {
  readonly api: SwitchyardApi;
  /** What the window asked for, in order: the method's name and its argument. */
  readonly calls: (readonly [string, unknown])[];
  push<N extends PushName>(name: N, payload: Pushes[N]): void;
}

/** The bridge as the window sees it, with nobody behind it. */
export function fakeApi(snapshot: Snapshot, overrides: Partial<SwitchyardApi> = {}): FakeApi {
  const calls: (readonly [string, unknown])[] = [];
  const listeners = new Map<PushName, ((payload: never) => void)[]>();
  const document = { text: '{}', revision: 1, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] };
  const settings: SettingsView = {
    settings: DEFAULT_SETTINGS,
    launchAtLogin: { isOn: false, unavailable: null },
    updates: { unavailable: null },
    control: { kind: 'off' },
  };
  const done =
    (name: string) =>
    async (argument?: unknown): Promise<{ ok: true; value: null }> => {
      calls.push([name, argument]);
      return { ok: true, value: null };
    };
  const on =
    <N extends PushName>(name: N) =>
    (listener: (payload: Pushes[N]) => void) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      return () => undefined;
    };
  const api: SwitchyardApi = {
    watch: async () => ({
      engine: { kind: 'running' },
      snapshot,
      config: document,
      processes: { commands: [], instances: [] },
      traffic: null,
      trafficRuns: [],
      scenario: null,
      importReview: null,
      scenarioReport: null,
      platform: 'linux',
      version: '0',
      notice: null,
    }),
    setRunning: done('setRunning'),
    setAdmin: done('setAdmin'),
    forceHealth: done('forceHealth'),
    setFaults: done('setFaults'),
    playScenario: done('playScenario'),
    stopScenario: done('stopScenario'),
    clearFaults: done('clearFaults'),
    saveScenarioReport: async () => {
      calls.push(['saveScenarioReport', null]);
      return ok('/tmp/report.html');
    },
    probeNow: done('probeNow'),
    tryProbe: async (argument) => {
      calls.push(['tryProbe', argument]);
      return ok({ passed: true, words: 'HEAD / → 200', durationMs: 1 });
    },
    dropConnections: done('dropConnections'),
    resetCounters: done('resetCounters'),
    showLog: async (argument) => {
      calls.push(['showLog', argument]);
      return [];
    },
    comparePolicies: async (argument) => {
      calls.push(['comparePolicies', argument]);
      return fail({ code: 'refused', message: 'The log holds too few answers of this pool to replay.' });
    },
    exchange: async (argument) => {
      calls.push(['exchange', argument]);
      return fail({ code: 'refused', message: 'Request 1 is not remembered any more.' });
    },
    setCapture: done('setCapture'),
    exportHar: async (argument) => {
      calls.push(['exportHar', argument]);
      return ok({ path: '/tmp/log.har', count: argument.ids.length });
    },
    sendAgain: async (argument) => {
      calls.push(['sendAgain', argument]);
      return ok({ id: 2 });
    },
    startTraffic: done('startTraffic'),
    stopTraffic: () => done('stopTraffic')(),
    forgetTraffic: done('forgetTraffic'),
    checkConfig: async () => [],
    applyConfig: async () => ok(document),
    editConfig: async (argument) => {
      calls.push(['editConfig', argument]);
      return ok({ ...document, revision: 2 });
    },
    chooseConfig: async () => ok(null),
    reviewConfig: async () => ok({ changes: [], effects: [] }),
    stepConfig: async (argument) => {
      calls.push(['stepConfig', argument]);
      return ok(document);
    },
    saveConfigAs: async () => ok(null),
    recentConfigs: async () => [],
    forgetConfig: async () => [],
    allowCommands: async (argument) => {
      calls.push(['allowCommands', argument]);
      return ok(document);
    },
    scaleCommand: done('scaleCommand'),
    processOutput: async () => [],
    actOnProcess: done('actOnProcess'),
    openConfig: async () => ok(document),
    useDemo: async () => {
      calls.push(['useDemo', null]);
      return ok({ ...document, isDemo: true, path: null });
    },
    startOwn: async (argument) => {
      calls.push(['startOwn', argument]);
      return ok(document);
    },
    findServers: async () => ({ groups: [], silent: [], trouble: null }),
    stopFinding: async () => null,
    findChecks: async (argument) => {
      calls.push(['findChecks', argument]);
      return argument.urls.map((url) => foundCheck(url));
    },
    stopFindingChecks: async () => {
      calls.push(['stopFindingChecks', null]);
      return null;
    },
    saveImport: async (argument) => {
      calls.push(['saveImport', argument]);
      return ok(document);
    },
    openDroppedFile: async () => null,
    settings: async () => settings,
    changeSettings: async (argument) => {
      calls.push(['changeSettings', argument]);
      return ok(settings);
    },
    chooseConfigAtLaunch: async () => ok(settings),
    copyToken: async (argument) => {
      calls.push(['copyToken', argument]);
      return ok(null);
    },
    renewToken: async () => {
      calls.push(['renewToken', null]);
      return ok(settings);
    },
    openUrl: done('openUrl'),
    copy: async (argument) => {
      calls.push(['copy', argument]);
      return null;
    },
    setTheme: async () => null,
    noteShown: async () => null,
    onSnapshot: on('engine:snapshot'),
    onBatch: on('engine:batch'),
    onEngineStatus: on('engine:status'),
    onProcesses: on('process:changed'),
    onConfigChanged: on('config:changed'),
    onTrafficProgress: on('traffic:progress'),
    onTrafficRuns: on('traffic:runs'),
    onScenarioProgress: on('scenario:progress'),
    onScenarioReport: on('scenario:report'),
    onSettings: on('settings:changed'),
    onDiscovery: on('discovery:progress'),
    onCheckProgress: on('check:progress'),
    onImportReview: on('import:review'),
    onNotice: on('app:notice'),
    onCommand: on('app:command'),
    ...overrides,
  };
  return {
    api,
    calls,
    push: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) (listener as (payload: unknown) => void)(payload);
    },
  };
}
