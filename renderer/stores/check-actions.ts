import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { CheckProgress, FoundCheck } from '../../shared/view/found-check.ts';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import type { Store } from './app-state.ts';
import { type CheckChange, checkEdits } from './check-edits.ts';
import { failureWords } from './config-actions.ts';
import { foundWords, wordsOnce } from './found-checks.ts';

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
  /** Writes a check that each of these backends passes now, where there is one, with a way back. */
  fitChecks(pool: string, backends: readonly string[]): Promise<void>;
  /** At once and as one step, with a way back. */
  changeChecks(
    pool: string,
    changes: readonly CheckChange[],
    words: string,
  ): Promise<'changed' | 'same' | 'refused'>;
  /** What happens when the checks have taken every backend down. */
  setWhenAllDown(pool: string, whenAllDown: 'try' | 'refuse'): Promise<void>;
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
    fitChecks: async (name, backends) => {
      const pool = get().snapshot?.pools.find((one) => one.name === name);
      const asked = pool?.backends.filter((one) => backends.includes(one.name)) ?? [];
      const found = await get().findChecks(
        asked.map(({ url }) => url),
        name,
      );
      const changes = found.flatMap((one, at) => changeTo(one, asked[at]));
      const told = foundWords(found) || 'The check of the pool fits.';
      if (changes.length > 0 && (await get().changeChecks(name, changes, told)) !== 'same') return;
      const words = wordsOnce(found.filter(({ finding }) => finding.kind !== 'stopped'));
      if (words !== '') get().toast({ tone: 'plain', words: `No check was changed. ${words}` });
    },
    changeChecks: async (name, changes, words) => {
      const { config, snapshot, processes } = get();
      const pool = snapshot?.pools.find((one) => one.name === name);
      if (!pool) return 'same';
      const isInstance = (backend: string) =>
        processes.instances.some((one) => one.pool === name && one.name === backend);
      for (const edit of checkEdits(config.text, pool, changes, isInstance)) {
        const edited = await get().editConfig(edit);
        if (edited.ok) continue;
        get().toast({ tone: 'bad', words: failureWords(edited.error) });
        // All of them or none.
        const { revision } = get().config;
        if (revision !== config.revision) await get().applyConfig(config.text, revision);
        return 'refused';
      }
      const { revision } = get().config;
      if (revision === config.revision) return 'same';
      const undo = () => void get().restoreConfig(config.text, revision);
      get().toast({ tone: 'plain', words, undo });
      return 'changed';
    },
    setWhenAllDown: (pool, whenAllDown) =>
      get().editWithUndo(
        { kind: 'set-pool-settings', pool, settings: { whenAllDown } },
        whenAllDown === 'try'
          ? `When every backend of ${pool} is down by its checks, requests are sent anyway.`
          : `When every backend of ${pool} is down by its checks, requests get 503.`,
      ),
  };
}

/** None where it was not found out what would be right. */
function changeTo(found: FoundCheck, backend: BackendSnapshot | undefined): readonly CheckChange[] {
  const { finding, healthCheck, url, insecure } = found;
  const isOpen = ['unreachable', 'not-asked', 'stopped', 'off', 'needs-text'].includes(finding.kind);
  if (isOpen || !backend) return [];
  return [
    {
      backend: backend.name,
      healthCheck,
      isOverPool: true,
      ...(url !== backend.url && { url }),
      ...(insecure && { insecure }),
    },
  ];
}
