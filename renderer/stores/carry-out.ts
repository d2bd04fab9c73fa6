import type { AppCommand } from '../../shared/calls/app-command.ts';
import type { Store } from './app-state.ts';
import { failureWords } from './config-actions.ts';

type SetState = (change: Partial<Store>) => void;

/** Does what a menu item, a shortcut or a line of the palette asks for. */
export async function carryOut(command: AppCommand, set: SetState, store: Store): Promise<void> {
  switch (command.kind) {
    case 'show':
      return store.show(command.screen, command.pool);
    case 'show-routes':
      return store.showRoutes(command.listener);
    case 'dialog':
      // What is written about a pool is written with that pool in sight.
      if (command.pool !== undefined) store.show('pool', command.pool);
      return store.openDialog(command.name, command.of);
    case 'copy':
      return store.copy(command.text, command.what);
    case 'open-url':
      return store.openUrl(command.url);
    case 'theme':
      return store.setTheme(command.theme);
    case 'collapse-rail':
      return store.setRailCollapsed(command.isCollapsed);
    case 'palette':
      return store.setPaletteOpen(!store.isPaletteOpen);
    case 'pause-log':
      return set({ logAsk: 'pause' });
    case 'filter-log':
      return set({ screen: 'requests', logAsk: 'filter' });
    case 'export-log':
      return store.exportHar(
        store.log.lines.map(({ id }) => id),
        false,
      );
    case 'set-running':
      return store.setRunning(command.isRunning);
    case 'set-admin':
      return store.setAdmin(command.pool, command.backend, command.state);
    case 'force-health':
      return store.forceHealth(command.pool, command.backend, command.forced);
    case 'probe-now':
      return store.probeNow(command.pool, command.backend);
    case 'fit-check':
      return store.fitChecks(command.pool, [command.backend]);
    case 'set-faults': {
      const problem = await store.setFaults(command.pool, command.backend, command.faults);
      if (problem !== null) store.toast({ tone: 'bad', words: problem });
      return;
    }
    case 'clear-faults':
      return store.clearFaults();
    case 'reset-counters':
      return store.resetCounters(command.pool, command.backend);
    case 'drop-connections':
      return store.dropConnections(command.pool, [command.backend]);
    case 'remove-backend': {
      const { pool, backend } = command;
      return store.editWithUndo({ kind: 'remove-server', pool, backend }, `Removed ${backend}.`);
    }
    case 'act-on-process':
      return store.actOnProcess(command.pool, command.backend, command.action);
    case 'scale-command':
      return store.scaleCommand(command.pool, command.command, command.instances);
    case 'set-capture':
      return store.setCapture(command.pool, command.isOn);
    case 'set-policy':
      return setPolicy(command, store);
    case 'play-scenario':
      return store.playScenario(command.scenario);
    case 'stop-scenario':
      return store.stopScenario();
    case 'send-traffic':
      store.show('pool');
      return store.setTrafficOpen(true);
    case 'stop-traffic':
      return store.stopTraffic();
    case 'find-servers':
      return store.openDialog('find-servers');
    case 'use-demo':
      return store.startDemo();
    case 'open-recent':
      return store.openConfigFile(command.path);
    case 'save-config-as':
      return store.saveConfigAs();
    case 'step-config':
      return store.stepConfig(command.direction);
    case 'open-config':
      return store.openConfigFile(null);
  }
}

/** Two of them go by a header or a cookie, which has to be asked for. */
async function setPolicy(
  { pool, policy }: Extract<AppCommand, { kind: 'set-policy' }>,
  store: Store,
): Promise<void> {
  if (policy === 'header-hash' || policy === 'cookie-hash') {
    store.show('pool', pool);
    store.openDialog(policy);
    return;
  }
  const result = await store.editConfig({ kind: 'set-policy', pool, policy });
  if (!result.ok) store.toast({ tone: 'bad', words: failureWords(result.error) });
}
