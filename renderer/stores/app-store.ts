import { createStore } from 'zustand/vanilla';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { AppData, Store } from './app-state.ts';
import { applyBatch, keepSeconds } from './apply-batch.ts';
import { bulkActions } from './bulk-actions.ts';
import { checkActions, NO_SEARCH } from './check-actions.ts';
import { configActions } from './config-actions.ts';
import { discoveryActions, NOTHING_FOUND } from './discovery-actions.ts';
import { engineActions } from './engine-actions.ts';
import { addMark } from './error-rate.ts';
import { FIRST_TRAFFIC } from './first-traffic.ts';
import { importActions } from './import-actions.ts';
import { logActions } from './log-actions.ts';
import { loadRailCollapsed, loadTheme, resolveTheme } from './preferences.ts';
import { addToLog, EMPTY_LOG } from './request-log.ts';
import { settingsActions } from './settings-actions.ts';
import { shellActions } from './shell-actions.ts';

function firstData(): AppData {
  const theme = loadTheme();
  return {
    isLoading: true,
    engine: { kind: 'starting' },
    snapshot: null,
    marks: [],
    log: EMPTY_LOG,
    config: { text: '', revision: 0, path: null, isDemo: false, fileIssues: [], toAllow: [] },
    draft: null,
    importReview: null,
    discovery: NOTHING_FOUND,
    checkSearch: NO_SEARCH,
    traffic: null,
    trafficRuns: [],
    scenario: null,
    scenarioReport: null,
    isReportNew: false,
    settings: null,
    processes: { commands: [], instances: [] },
    trafficForm: FIRST_TRAFFIC,
    isTrafficOpen: false,
    notice: null,
    platform: 'linux',
    theme,
    drawnTheme: resolveTheme(theme, window.matchMedia('(prefers-color-scheme: dark)').matches),
    isRailCollapsed: loadRailCollapsed(),
    readSecond: null,
    pointedBackend: null,
    screen: 'pool',
    isPaletteOpen: false,
    logAsk: null,
    selectedPool: null,
    selectedListener: null,
    dialog: null,
    toasts: [],
  };
}

/** The window's state. Every batch is one `setState`; commands show the engine's answer, not a hope. */
export function createAppStore(api: SwitchyardApi) {
  const store = createStore<Store>((set, get) => ({
    ...firstData(),
    ...shellActions(api, set, get),
    ...engineActions(api, set, get),
    ...settingsActions(api, set, get),
    ...bulkActions(api, get),
    ...logActions(api, set, get),
    ...configActions(api, set, get),
    ...discoveryActions(api, set, get),
    ...checkActions(api, set, get),
    ...importActions(api, set, get),
  }));
  listen(api, store);
  return store;
}

export type AppStore = ReturnType<typeof createAppStore>;

function listen(api: SwitchyardApi, store: AppStore): void {
  api.onSnapshot((next) => {
    const snapshot = keepSeconds(store.getState().snapshot, next);
    store.setState({ snapshot, marks: addMark([], snapshot) });
  });
  api.onBatch((batch) => {
    const { snapshot, marks, log } = store.getState();
    // One from before the snapshot is part of it already.
    if (!snapshot || batch.seq <= snapshot.seq) return;
    const next = applyBatch(snapshot, batch);
    const change = batch.log ? { log: addToLog(log, batch.log) } : {};
    store.setState({ snapshot: next, marks: addMark(marks, next), ...change });
  });
  // Of an engine that is given up nothing is true any more; one that is started again begins with a snapshot.
  api.onEngineStatus((engine) =>
    store.setState(engine.kind === 'failed' ? { engine, snapshot: null } : { engine }),
  );
  api.onConfigChanged((config) => store.getState().followConfig(config));
  api.onProcesses((processes) => store.setState({ processes }));
  api.onScenarioProgress((scenario) => store.setState({ scenario }));
  api.onScenarioReport((scenarioReport) => store.setState({ scenarioReport, isReportNew: true }));
  api.onSettings((settings) => store.setState({ settings }));
  api.onTrafficProgress((traffic) => store.setState({ traffic }));
  api.onTrafficRuns((trafficRuns) => store.setState({ trafficRuns }));
  api.onDiscovery((progress) => {
    const { discovery } = store.getState();
    if (discovery.isLooking) store.setState({ discovery: { ...discovery, progress } });
  });
  api.onCheckProgress((progress) => {
    const { checkSearch } = store.getState();
    if (checkSearch.running > 0) store.setState({ checkSearch: { ...checkSearch, progress } });
  });
  api.onImportReview((importReview) => store.setState({ importReview }));
  api.onNotice((notice) => store.setState({ notice }));
  api.onCommand((command) => store.getState().carryOut(command));
  void api.watch().then(({ config, snapshot, platform, version: _, ...rest }) => {
    const marks = snapshot ? addMark([], snapshot) : [];
    store.getState().followConfig(config);
    store.setState({ isLoading: false, snapshot, marks, platform, ...rest });
  });
}
