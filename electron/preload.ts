import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { CallName, Calls, Pushes, PushName } from '../shared/calls/contract.ts';
import type { SwitchyardApi } from '../shared/calls/switchyard-api.ts';

/** The bridge: named methods, nothing generic, nothing of Electron itself. */
const call =
  <N extends CallName>(name: N) =>
  (argument: Calls[N]['argument']): Promise<Calls[N]['result']> =>
    ipcRenderer.invoke(name, argument);

const on =
  <N extends PushName>(name: N) =>
  (listener: (payload: Pushes[N]) => void): (() => void) => {
    const heard = (_event: unknown, payload: Pushes[N]): void => listener(payload);
    ipcRenderer.on(name, heard);
    return () => ipcRenderer.off(name, heard);
  };

const api: SwitchyardApi = {
  watch: () => call('app:watch')(null),
  setRunning: call('engine:set-running'),
  setAdmin: call('engine:set-admin'),
  forceHealth: call('engine:force-health'),
  setFaults: call('engine:set-faults'),
  clearFaults: () => call('engine:clear-faults')(null),
  playScenario: call('scenario:play'),
  stopScenario: () => call('scenario:stop')(null),
  saveScenarioReport: () => call('scenario:save-report')(null),
  probeNow: call('engine:probe-now'),
  tryProbe: call('engine:try-probe'),
  dropConnections: call('engine:drop-connections'),
  resetCounters: call('engine:reset-counters'),
  showLog: call('log:show'),
  exchange: call('log:exchange'),
  comparePolicies: call('lab:compare'),
  setCapture: call('log:set-capture'),
  exportHar: call('log:export-har'),
  sendAgain: call('log:send-again'),
  startTraffic: call('traffic:start'),
  stopTraffic: () => call('traffic:stop')(null),
  forgetTraffic: call('traffic:forget'),
  checkConfig: call('config:check'),
  applyConfig: call('config:apply'),
  editConfig: call('config:edit'),
  allowCommands: call('config:allow-commands'),
  scaleCommand: call('process:scale'),
  processOutput: call('process:output'),
  actOnProcess: call('process:act'),
  reviewConfig: call('config:review'),
  stepConfig: call('config:step'),
  saveConfigAs: call('config:save-as'),
  recentConfigs: () => call('config:recent')(null),
  forgetConfig: call('config:forget'),
  chooseConfig: () => call('config:choose')(null),
  openConfig: call('config:open'),
  useDemo: () => call('config:use-demo')(null),
  startOwn: call('config:start-own'),
  findServers: () => call('discovery:find')(null),
  stopFinding: () => call('discovery:stop')(null),
  findChecks: call('check:find'),
  stopFindingChecks: () => call('check:stop')(null),
  saveImport: call('import:save'),
  // The page hands over the file itself: only one that the user has dropped has a path.
  openDroppedFile: async (file) => {
    const path = file instanceof File ? webUtils.getPathForFile(file) : '';
    return path === '' ? null : call('config:open-dropped')({ path });
  },
  settings: () => call('settings:get')(null),
  changeSettings: call('settings:change'),
  chooseConfigAtLaunch: () => call('settings:choose-config')(null),
  renewToken: () => call('settings:renew-token')(null),
  copyToken: call('settings:copy-token'),
  openUrl: call('shell:open-url'),
  setTheme: call('app:set-theme'),
  noteShown: call('app:note-shown'),
  copy: call('shell:copy'),
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
};

contextBridge.exposeInMainWorld('switchyard', api);
