import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { ConfigEdit, ServerInput } from '../../shared/config/config-edit.ts';
import type { Discovery, DiscoveryProgress } from '../../shared/view/discovery.ts';
import type { FoundCheck } from '../../shared/view/found-check.ts';
import type { Store } from './app-state.ts';
import { failureWords } from './config-actions.ts';
import { foundWords, serverOf, writtenServerOf } from './found-checks.ts';

type SetState = (change: Partial<Store>) => void;

/** A look around for servers that run. */
export interface DiscoveryState {
  readonly isLooking: boolean;
  /** Null before the system has told what listens. */
  readonly progress: DiscoveryProgress | null;
  /** Of the last look that ended. */
  readonly found: Discovery | null;
}

/** Where ticked servers go. */
export type FoundTarget =
  /** A config of the user's own in place of what there is, behind the address that has. */
  | { readonly kind: 'own' }
  | { readonly kind: 'pool'; readonly pool: string }
  | { readonly kind: 'new-pool'; readonly pool: string; readonly address: string };

export interface DiscoveryActions {
  findServers(): Promise<void>;
  /** What has been found so far stays. */
  stopFinding(): Promise<void>;
  /** All of them or none, each with the check that was found for it, with a way back. @returns why not, or null */
  addServers(found: readonly FoundCheck[], target: FoundTarget): Promise<string | null>;
  /** The demo runs instead of what there is, with a way back. */
  startDemo(): Promise<void>;
}

export const NOTHING_FOUND: DiscoveryState = { isLooking: false, progress: null, found: null };

export function discoveryActions(api: SwitchyardApi, set: SetState, get: () => Store): DiscoveryActions {
  let looks = 0;
  return {
    findServers: async () => {
      const look = ++looks;
      set({ discovery: { isLooking: true, progress: null, found: null } });
      const found = await api.findServers();
      // A later look has taken over.
      if (look === looks) set({ discovery: { isLooking: false, progress: null, found } });
    },
    stopFinding: async () => {
      await api.stopFinding();
    },
    addServers: async (found, target) => {
      const { config } = get();
      const problem = await add({ api, get }, found, target);
      const { revision } = get().config;
      if (problem !== null) {
        // Some may have been added before one was not.
        if (revision !== config.revision) await get().applyConfig(config.text, revision);
        return problem;
      }
      const count = `${found.length} ${found.length === 1 ? 'backend' : 'backends'}`;
      const checks = foundWords(found);
      const more = checks === '' ? '' : ` ${checks}`;
      get().show('pool', target.kind === 'own' ? undefined : target.pool);
      if (target.kind !== 'own') {
        const undo = () => void get().restoreConfig(config.text, revision);
        get().toast({ tone: 'plain', words: `Added ${count} to ${target.pool}.${more}`, undo });
      } else if (config.isDemo) {
        get().toast({
          tone: 'plain',
          words: `${count} in place of the demo.${more}`,
          undo: () => void get().startDemo(),
        });
      } else {
        get().toast({ tone: 'plain', words: `${count} in a config of your own.${more}` });
      }
      return null;
    },
    startDemo: async () => {
      const { path, fileIssues } = get().config;
      const used = await api.useDemo();
      if (!used.ok) {
        get().toast({ tone: 'bad', words: failureWords(used.error) });
        return;
      }
      get().followConfig(used.value);
      get().show('pool');
      if (path === null) return;
      const words = 'The demo runs. Your config stays in its file.';
      // There is no way back to what could not be used.
      if (fileIssues.length > 0) get().toast({ tone: 'plain', words });
      else get().toast({ tone: 'plain', words, undo: () => void get().openConfigFile(path) });
    },
  };
}

interface Reach {
  readonly api: SwitchyardApi;
  readonly get: () => Store;
}

async function add(
  { api, get }: Reach,
  found: readonly FoundCheck[],
  target: FoundTarget,
): Promise<string | null> {
  if (target.kind === 'own') {
    const started = await api.startOwn({
      text: ownConfig(found.map(writtenServerOf), get().snapshot?.listeners[0]?.address),
    });
    if (!started.ok) return failureWords(started.error);
    get().followConfig(started.value);
    return null;
  }
  if (target.kind === 'pool') {
    for (const one of found) {
      const server = serverOf(one);
      const edited = await get().editConfig({ kind: 'add-server', pool: target.pool, server });
      if (!edited.ok) return failureWords(edited.error);
    }
    return null;
  }
  const { pool, address } = target;
  const added = await get().editConfig(addPoolEdit(pool, found));
  if (!added.ok) return failureWords(added.error);
  const listening = await get().editConfig({ kind: 'add-listener', address, defaultPool: pool });
  return listening.ok ? null : failureWords(listening.error);
}

/** A config in the simple form; its backends are tried also when their checks have taken all of them down. */
export function ownConfig(servers: readonly (string | ServerInput)[], address = ':8080'): string {
  return `${JSON.stringify({ port: address, healthCheckInterval: '2s', whenAllDown: 'try', servers }, null, 2)}\n`;
}

/** A pool of what was found; a check that all of its backends need is the pool's. */
export function addPoolEdit(pool: string, found: readonly FoundCheck[]): ConfigEdit {
  const [first] = found;
  const shared = first && JSON.stringify(first.healthCheck);
  const isShared =
    found.every(({ healthCheck }) => JSON.stringify(healthCheck) === shared) && shared !== '{}';
  if (!first || !isShared) return { kind: 'add-pool', pool, servers: found.map(writtenServerOf) };
  const servers = found.map((one) => writtenServerOf({ ...one, healthCheck: {} }));
  return { kind: 'add-pool', pool, servers, healthCheck: first.healthCheck };
}
