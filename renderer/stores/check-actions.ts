import type { CheckProgress, FoundCheck } from '../../shared/found-check.ts';
import type { SwitchyardApi } from '../../shared/switchyard-api.ts';
import type { Store } from './app-state.ts';

type SetState = (change: Partial<Store>) => void;

/** The searches for health checks that are under way. */
export interface CheckSearch {
  readonly running: number;
  /** What was asked last; null before anything was. */
  readonly progress: CheckProgress | null;
}

export interface CheckActions {
  /**
   * A check that each backend passes now, in the order of the URLs.
   *
   * @param pool whose check holds unless a backend says otherwise; null for the default check
   */
  findChecks(urls: readonly string[], pool: string | null): Promise<readonly FoundCheck[]>;
  /** Searches end with what they have found so far. */
  stopFindingChecks(): Promise<void>;
}

export const NO_SEARCH: CheckSearch = { running: 0, progress: null };

export function checkActions(api: SwitchyardApi, set: SetState, get: () => Store): CheckActions {
  const count = (change: number) => {
    const { checkSearch } = get();
    const running = checkSearch.running + change;
    set({ checkSearch: running === 0 ? NO_SEARCH : { ...checkSearch, running } });
  };
  return {
    findChecks: async (urls, pool) => {
      if (urls.length === 0) return [];
      count(1);
      const found = await api.findChecks({ urls, pool });
      count(-1);
      return found;
    },
    stopFindingChecks: async () => {
      if (get().checkSearch.running > 0) await api.stopFindingChecks();
    },
  };
}
