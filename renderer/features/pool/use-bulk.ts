import { useContext } from 'react';
import type { AdminState, BackendSnapshot } from '../../../shared/snapshot.ts';
import type { Store } from '../../stores/app-state.ts';
import { failureWords } from '../../stores/config-actions.ts';
import { StoreContext } from '../../stores/use-app.ts';

/** What can be done with several backends at once. All but probes, counters and connections can be undone. */
export interface Bulk {
  setAdmin(state: AdminState): Promise<void>;
  setFaults(title: string, faults: readonly string[]): Promise<void>;
  probe(): Promise<void>;
  resetCounters(): Promise<void>;
  dropConnections(): Promise<void>;
  remove(): Promise<void>;
}

const ADMIN_WORDS: Readonly<Record<AdminState, string>> = {
  enabled: 'switched on',
  draining: 'draining',
  disabled: 'switched off',
};

/** @param selected as they stand when one of it is called */
export function useBulk(pool: string, selected: readonly BackendSnapshot[]): Bulk {
  const store = useContext(StoreContext);
  const get = (): Store => {
    if (!store) throw new Error('useBulk needs a StoreContext around it');
    return store.getState();
  };
  const each = async (act: (backend: BackendSnapshot) => Promise<unknown>) => {
    await Promise.all(selected.map(act));
  };
  const say = (words: string, undo?: () => void) =>
    get().toast({ tone: 'plain', words: `${countWords(selected.length)} ${words}.`, ...(undo && { undo }) });
  return {
    setAdmin: async (state) => {
      await each(({ name }) => get().setAdmin(pool, name, state));
      say(ADMIN_WORDS[state], () => void each(({ name, admin }) => get().setAdmin(pool, name, admin)));
    },
    setFaults: async (title, faults) => {
      const problems = await Promise.all(selected.map(({ name }) => get().setFaults(pool, name, faults)));
      const problem = problems.find((one) => one !== null);
      if (problem) return get().toast({ tone: 'bad', words: problem });
      say(title, () => void each(({ name, faults: before }) => get().setFaults(pool, name, textsOf(before))));
    },
    probe: () => each(({ name }) => get().probeNow(pool, name)),
    resetCounters: () => each(({ name }) => get().resetCounters(pool, name)),
    dropConnections: () => each(({ name }) => get().dropConnections(pool, name)),
    remove: () => removeAll(pool, selected, get()),
  };
}

/** One after the other, each an edit of the text; the undo puts the text back as it was before the first. */
async function removeAll(pool: string, selected: readonly BackendSnapshot[], store: Store): Promise<void> {
  const before = store.config.text;
  let revision: number | null = null;
  let removed = 0;
  for (const { name } of selected) {
    const result = await store.editConfig({ kind: 'remove-server', pool, backend: name });
    if (!result.ok) {
      store.toast({ tone: 'bad', words: failureWords(result.error) });
      break;
    }
    revision = result.value.revision;
    removed += 1;
  }
  if (revision === null) return;
  const last = revision;
  const undo = () => void store.applyConfig(before, last);
  store.toast({ tone: 'plain', words: `${countWords(removed)} removed.`, undo });
}

function textsOf(faults: BackendSnapshot['faults']): readonly string[] {
  return faults.map(({ text }) => text);
}

function countWords(count: number): string {
  return count === 1 ? '1 backend' : `${count} backends`;
}
