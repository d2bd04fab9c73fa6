import { dirname, join } from 'node:path';
import type { Clipboard, Dialog, Shell } from 'electron';
import { fail, ok } from '../../shared/calls/result.ts';
import { parseFaults } from '../../shared/config/fault-schema.ts';
import { comparePolicies } from '../engine/lab/compare-policies.ts';
import { parseConfig } from '../services/config/parse.ts';
import { parseHealthCheck } from '../services/config/parse-health-check.ts';
import type { AppControl } from './app-control.ts';
import type { AppSettings } from './app-settings.ts';
import { viewOf } from './body-view.ts';
import { unknownFile } from './config-failures.ts';
import { copyToken } from './copy-token.ts';
import type { DesktopShell } from './desktop-shell.ts';
import { chooseFile, chooseTarget } from './file-dialogs.ts';
import { exportHar } from './har-export.ts';
import type { Handlers } from './ipc/register-handlers.ts';
import type { MainWindow } from './main-window.ts';
import { isOpenable } from './openable-url.ts';
import type { SwitchyardApp } from './switchyard-app.ts';

/** The parts of the desktop the window may reach through its calls. */
export interface Desktop {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
}

export interface HandlerParts {
  readonly switchyard: SwitchyardApp;
  readonly settings: AppSettings;
  readonly control: Pick<AppControl, 'access'>;
  readonly window: MainWindow;
  readonly shell: Pick<DesktopShell, 'setShown' | 'note'>;
  readonly desktop: Desktop;
}

/** What the window's calls do. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { switchyard, settings, control, window, shell, desktop } = parts;
  const { host, config, imports } = switchyard;
  return {
    'app:watch': () => switchyard.watch(),
    'app:set-theme': async ({ theme }) => {
      window.setTheme(theme);
      return null;
    },
    'app:note-shown': async (shown) => {
      shell.setShown(shown);
      return null;
    },
    'engine:set-running': ({ isRunning }) => switchyard.setRunning(isRunning),
    'engine:set-admin': (request) => host.setAdmin(request),
    'engine:force-health': (request) => host.forceHealth(request),
    'engine:set-faults': async ({ faults, ...key }) => {
      const parsed = parseFaults(faults);
      if (!parsed.ok) return fail({ code: 'refused', message: parsed.error });
      return host.setFaults({ ...key, faults: parsed.value, seed: null });
    },
    'engine:clear-faults': () => host.clearFaults(),
    'scenario:play': ({ name }) => switchyard.scenarios.play(name, null),
    'scenario:stop': () => switchyard.scenarios.stop(),
    'scenario:save-report': async () => {
      const path = await chooseTarget(desktop.dialog, window.current, 'report', 'resilience-report.html');
      if (path === null) return ok(null);
      const saved = await switchyard.saveReport(path);
      return saved.ok ? ok(path) : saved;
    },
    'engine:probe-now': (key) => host.probeNow(key),
    'engine:try-probe': async ({ healthCheck, ...key }) => {
      const parsed = parseHealthCheck(healthCheck);
      if (parsed.ok) return host.tryProbe({ ...key, healthCheck: parsed.value });
      return fail({ code: 'refused', message: parsed.error.join('\n') });
    },
    'engine:drop-connections': (key) => host.dropConnections(key),
    'engine:reset-counters': (request) => host.resetCounters(request),
    'log:show': ({ isShown }) => host.showLog(isShown),
    'lab:compare': async ({ pool, policies }) => {
      const recording = await host.recording({ pool });
      return recording.ok ? comparePolicies(recording.value, policies) : recording;
    },
    'log:exchange': async (request) => {
      const found = await host.exchange(request);
      return found.ok ? ok(await viewOf(found.value)) : found;
    },
    'log:export-har': (request) =>
      exportHar(
        {
          find: async (ids) => {
            const found = await host.exchangesInFull({ ids });
            return 'ok' in found ? found : ok(found);
          },
          choosePath: (suggestion) => chooseTarget(desktop.dialog, window.current, 'har', suggestion),
          now: Date.now,
          version: switchyard.version,
          listeners: () => host.lastSnapshot?.listeners ?? [],
        },
        request,
      ),
    'log:set-capture': (request) => host.setCapture(request),
    'log:send-again': (request) => host.sendAgain(request),
    'traffic:start': async (plan) => {
      const started = await switchyard.traffic.start(plan);
      shell.note();
      return started;
    },
    'traffic:stop': () => switchyard.traffic.stop(),
    'traffic:forget': async ({ id }) => switchyard.traffic.forget(id),
    'config:check': async ({ text }) => {
      const parsed = parseConfig(text);
      return parsed.ok ? [] : parsed.error;
    },
    'config:apply': ({ text, revision }) => config.apply(text, revision),
    'config:edit': ({ edit, revision }) => config.edit(edit, revision),
    'config:allow-commands': ({ revision }) => config.allowCommands(revision),
    'process:scale': async ({ pool, command, instances }) =>
      switchyard.scaleCommand(pool, command, instances),
    'process:output': async ({ since, ...key }) => switchyard.processes.output(key, since),
    'process:act': ({ action, ...key }) => switchyard.actOnProcess(key, action),
    'config:review': async ({ text }) => config.review(text),
    'config:step': ({ direction, revision }) => config.step(direction, revision),
    'config:save-as': async ({ text, revision }) => {
      const suggested = config.document.path ?? 'switchyard.jsonc';
      const path = await chooseTarget(desktop.dialog, window.current, 'config', suggested);
      return path === null ? ok(null) : config.saveAs(path, text, revision);
    },
    'config:recent': () => switchyard.recentFiles.list(),
    'config:forget': async ({ path }) => {
      await switchyard.recentFiles.remove(path);
      return switchyard.recentFiles.list();
    },
    'config:choose': async () => {
      const path = await chooseFile(desktop.dialog, window.current);
      return path === null ? ok(null) : imports.open(path);
    },
    'config:open': async ({ path }) =>
      (await switchyard.recentFiles.has(path)) ? imports.open(path) : fail(unknownFile(path)),
    'config:open-dropped': ({ path }) => imports.open(path),
    'config:use-demo': () => config.useDemo(),
    'config:start-own': ({ text }) => config.startOwn(text),
    'discovery:find': () => switchyard.discovery.find(),
    'discovery:stop': async () => {
      switchyard.discovery.stop();
      return null;
    },
    'check:find': ({ urls, pool }) => switchyard.checkSearches.find(urls, pool),
    'check:stop': async () => {
      switchyard.checkSearches.stop();
      return null;
    },
    'import:save': async ({ path }) => {
      const suggested = join(dirname(path), 'switchyard.jsonc');
      const target = await chooseTarget(desktop.dialog, window.current, 'config', suggested);
      return target === null ? ok(null) : imports.save(path, target);
    },
    'settings:get': () => settings.view(),
    'settings:change': (change) => settings.change(change),
    'settings:choose-config': async () => {
      const path = await chooseFile(desktop.dialog, window.current);
      return path === null ? ok(await settings.view()) : settings.openAtLaunch(path);
    },
    'settings:renew-token': () => settings.renewToken(),
    'settings:copy-token': async ({ form }) => copyToken(control, desktop.clipboard, form),
    'shell:open-url': async ({ url }) => {
      if (!isOpenable(url, await host.currentSnapshot())) {
        const message = `Only the URLs of listeners and backends are opened, not ${url}.`;
        return fail({ code: 'refused', message });
      }
      await desktop.shell.openExternal(url);
      return ok(null);
    },
    'shell:copy': async ({ text }) => {
      desktop.clipboard.writeText(text);
      return null;
    },
  };
}
