import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { AdminState, BackendSnapshot } from '../../shared/view/snapshot.ts';
import type { BulkActions, Store } from './app-state.ts';
import { failureWords } from './config-actions.ts';

const ADMIN_WORDS: Readonly<Record<AdminState, string>> = {
  enabled: 'switched on',
  draining: 'draining',
  disabled: 'switched off',
};

/** What is done to several backends at once, and said, and undone, as one thing. */
export function bulkActions(api: SwitchyardApi, get: () => Store): BulkActions {
  const each = async (
    backends: readonly BackendSnapshot[],
    act: (backend: BackendSnapshot) => ReturnType<SwitchyardApi['setAdmin']>,
  ): Promise<boolean> => {
    const results = await Promise.all(backends.map(act));
    const failed = results.find(({ ok }) => !ok);
    if (failed && !failed.ok) get().toast({ tone: 'bad', words: failed.error.message });
    return failed === undefined;
  };
  const say = (backends: readonly BackendSnapshot[], words: string, undo: () => void) =>
    get().toast({ tone: 'plain', words: `${countWords(backends.length)} ${words}.`, undo });
  return {
    setAdminOf: async (pool, backends, state) => {
      const isDone = await each(backends, ({ name }) => api.setAdmin({ pool, backend: name, state }));
      const restore = ({ name, admin }: BackendSnapshot) =>
        api.setAdmin({ pool, backend: name, state: admin });
      if (isDone) say(backends, ADMIN_WORDS[state], () => void each(backends, restore));
    },
    setFaultsOf: async (pool, backends, { title, faults }) => {
      const isDone = await each(backends, ({ name }) => api.setFaults({ pool, backend: name, faults }));
      const restore = ({ name, faults: before }: BackendSnapshot) =>
        api.setFaults({ pool, backend: name, faults: before.map(({ text }) => text) });
      if (isDone) say(backends, title, () => void each(backends, restore));
    },
    removeServers: async (pool, names) => {
      const before = get().config.text;
      let revision: number | null = null;
      let removed = 0;
      // One after the other: each is an edit of the text that the one before has left.
      for (const backend of names) {
        const result = await get().editConfig({ kind: 'remove-server', pool, backend });
        if (!result.ok) {
          get().toast({ tone: 'bad', words: failureWords(result.error) });
          break;
        }
        revision = result.value.revision;
        removed += 1;
      }
      if (revision === null) return;
      const last = revision;
      const undo = () => void get().restoreConfig(before, last);
      get().toast({ tone: 'plain', words: `${countWords(removed)} removed.`, undo });
    },
  };
}

function countWords(count: number): string {
  return count === 1 ? '1 backend' : `${count} backends`;
}
