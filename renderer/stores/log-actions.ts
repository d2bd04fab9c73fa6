import type { HarExport } from '../../shared/calls/contract.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { LogActions, Store } from './app-state.ts';
import { EMPTY_LOG } from './request-log.ts';

/** The engine sends the log only while it is on screen. */
export function logActions(
  api: SwitchyardApi,
  set: (change: Partial<Store>) => void,
  get: () => Store,
): LogActions {
  return {
    openLog: async () => {
      const lines = await api.showLog({ isShown: true });
      set({ log: { lines, recent: [] } });
    },
    closeLog: async () => {
      await api.showLog({ isShown: false });
      set({ log: EMPTY_LOG });
    },
    setCapture: async (pool, isOn) => {
      const set = await api.setCapture({ pool, isOn });
      if (!set.ok) get().toast({ tone: 'bad', words: set.error.message });
    },
    exportHar: async (ids, withSecrets) => {
      const written = await api.exportHar({ ids, withSecrets });
      if (!written.ok) get().toast({ tone: 'bad', words: written.error.message });
      else if (written.value) get().toast({ tone: 'plain', words: exportWords(written.value) });
    },
    sendAgain: async (id, backend) => {
      const sent = await api.sendAgain({ id, backend });
      if (sent.ok) return sent.value.id;
      get().toast({ tone: 'bad', words: sent.error.message });
      return null;
    },
    exchange: (id) => api.exchange({ id }),
    comparePolicies: (question) => api.comparePolicies(question),
  };
}

function exportWords({ path, count }: HarExport): string {
  return `${count === 1 ? '1 request' : `${count} requests`} written to ${path}.`;
}
