import type { App } from 'electron';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { EngineHost } from '../engine/core/engine-host.ts';
import type { ControlledEngine } from '../services/control/backend-calls.ts';
import { instancesFolder } from '../services/control/instance-file.ts';
import type { ControlledProcesses } from '../services/control/process-calls.ts';
import { createConfigDesk } from './app-config-desk.ts';
import { AppControl } from './app-control.ts';
import { AppSettings } from './app-settings.ts';
import type { AskUser } from './consent-request.ts';
import { type Installation, whyNoUpdates } from './installation.ts';
import { createLoginItem } from './login-item.ts';
import type { SettingsFile } from './settings-file.ts';
import type { SwitchyardApp } from './switchyard-app.ts';

export interface SettingsParts {
  readonly app: Pick<App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings' | 'getVersion'>;
  readonly switchyard: SwitchyardApp;
  readonly file: SettingsFile;
  readonly installation: Installation;
  /** Of the file that keeps the control API's token. */
  readonly tokenPath: string;
  /** Asks the user, in a dialog that is main's own. */
  readonly askUser: AskUser;
}

export interface RunningSettings {
  readonly settings: AppSettings;
  readonly control: Pick<AppControl, 'access'>;
  /** For programs that follow what happens. */
  tell(event: EngineEvent): void;
  stop(): Promise<void>;
}

/** The settings, and the control API that follows them. */
export function setUpSettings({
  app,
  switchyard,
  file,
  installation,
  tokenPath,
  askUser,
}: SettingsParts): RunningSettings {
  const { host, config, scenarios } = switchyard;
  const { platform, env, execPath } = process;
  const control = new AppControl({
    engine: controlledEngine(host),
    desk: createConfigDesk(config),
    scenarios,
    processes: controlledProcesses(switchyard),
    version: app.getVersion(),
    tokenPath,
    instancesFolder: instancesFolder(env, platform),
    onChange: () => void settings.tell(),
  });
  const settings = new AppSettings({
    file,
    loginItem: createLoginItem({ app, platform, env, execPath }),
    control,
    askUser,
    openConfigPath: () => config.document.path,
    whyNoUpdates: whyNoUpdates(installation),
    onChange: (view) => switchyard.publisher.send('settings:changed', view),
  });
  return { settings, control, tell: (event) => control.tell(event), stop: () => control.stop() };
}

/** As the window has them: who asks from outside knows of it too. */
function controlledProcesses(switchyard: SwitchyardApp): ControlledProcesses {
  const { processes } = switchyard;
  return {
    view: () => processes.view(),
    act: (key, action) => switchyard.act(key, action),
    scale: (pool, command, instances) => processes.scale(pool, command, instances),
    output: (key, since) => processes.output(key, since),
  };
}

function controlledEngine(host: EngineHost): ControlledEngine {
  return {
    snapshot: () => host.currentSnapshot(),
    durations: async () => {
      const answer = await host.durations();
      return 'ok' in answer ? [] : answer;
    },
    setAdmin: (request) => host.setAdmin(request),
    forceHealth: (request) => host.forceHealth(request),
    setFaults: (request) => host.setFaults(request),
    clearFaults: () => host.clearFaults(),
    probeNow: (key) => host.probeNow(key),
    resetCounters: (request) => host.resetCounters(request),
  };
}
