import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { Store } from './app-state.ts';
import { failureWords } from './config-actions.ts';

type SetState = (change: Partial<Store>) => void;

export interface ImportActions {
  /**
   * Saves the file under review as a config where the user says, and uses that.
   *
   * @returns why that did not work, or null, also when the user changed their mind
   */
  saveImport(): Promise<string | null>;
  closeImport(): void;
}

/** What becomes of another program's file. */
export function importActions(api: SwitchyardApi, set: SetState, get: () => Store): ImportActions {
  return {
    saveImport: async () => {
      const { importReview } = get();
      if (!importReview) return null;
      const saved = await api.saveImport({ path: importReview.path });
      if (!saved.ok) return failureWords(saved.error);
      if (!saved.value) return null;
      get().followConfig(saved.value);
      set({ importReview: null });
      get().show('pool');
      get().toast({ tone: 'plain', words: `Saved as ${saved.value.path}, and in use.` });
      return null;
    },
    closeImport: () => set({ importReview: null }),
  };
}
