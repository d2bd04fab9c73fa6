import { type BrowserWindow, clipboard, dialog, shell } from 'electron';
import { fail, ok } from '../../shared/result.ts';
import type { Handlers } from '../ipc/register-handlers.ts';
import type { SwitchyardApp } from './switchyard-app.ts';

/** What the window's calls do. */
export function createHandlers(balancer: SwitchyardApp, findWindow: () => BrowserWindow | null): Handlers {
  const { host, config } = balancer;
  return {
    'app:watch': () => balancer.watch(),
    'engine:set-running': (request) => host.setRunning(request),
    'engine:set-admin': (request) => host.setAdmin(request),
    'engine:probe-now': (key) => host.probeNow(key),
    'engine:reset-counters': (request) => host.resetCounters(request),
    'traffic:start': (plan) => host.startTraffic(plan),
    'traffic:stop': () => host.stopTraffic(),
    'config:check': async ({ text }) => config.check(text),
    'config:apply': ({ text, revision }) => config.apply(text, revision),
    'config:edit': ({ edit, revision }) => config.edit(edit, revision),
    'config:choose': async () => {
      const window = findWindow();
      if (!window) return ok(null);
      const chosen = await dialog.showOpenDialog(window, {
        title: 'Open a config',
        properties: ['openFile'],
        filters: [{ name: 'Config', extensions: ['json', 'jsonc'] }],
      });
      const [path] = chosen.filePaths;
      return path === undefined ? ok(null) : config.open(path);
    },
    'config:open': ({ path }) => config.open(path),
    'shell:open-url': async ({ url }) => {
      if (!/^https?:\/\//.test(url))
        return fail({ code: 'refused', message: `Only web addresses are opened, not ${url}.` });
      await shell.openExternal(url);
      return ok(null);
    },
    'shell:copy': async ({ text }) => {
      clipboard.writeText(text);
      return null;
    },
  };
}
