import type { SwitchyardApi } from '../../shared/contract.ts';
import type { Discovery, DiscoveryProgress } from '../../shared/discovery.ts';
import type { Store } from './app-state.ts';
import { failureWords } from './config-actions.ts';

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
  /** In place of the demo, behind the address it had. */
  | { readonly kind: 'instead-of-demo' }
  | { readonly kind: 'pool'; readonly pool: string }
  | { readonly kind: 'new-pool'; readonly pool: string; readonly address: string };

export interface DiscoveryActions {
  findServers(): Promise<void>;
  /** What has been found so far stays. */
  stopFinding(): Promise<void>;
  /** All of them or none, with a way back. @returns why not, or null */
  addServers(urls: readonly string[], target: FoundTarget): Promise<string | null>;
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
    addServers: async (urls, target) => {
      const { config } = get();
      const problem = await add(get, urls, target);
      const { revision } = get().config;
      if (problem !== null) {
        // Some may have been added before one was not.
        if (revision !== config.revision) await get().applyConfig(config.text, revision);
        return problem;
      }
      const count = `${urls.length} ${urls.length === 1 ? 'backend' : 'backends'}`;
      const undo = () => void get().applyConfig(config.text, revision);
      get().show('pool', target.kind === 'instead-of-demo' ? undefined : target.pool);
      if (target.kind === 'instead-of-demo')
        get().toast({ tone: 'plain', words: `${count} in place of the demo.` });
      else get().toast({ tone: 'plain', words: `Added ${count} to ${target.pool}.`, undo });
      return null;
    },
  };
}

async function add(get: () => Store, urls: readonly string[], target: FoundTarget): Promise<string | null> {
  if (target.kind === 'instead-of-demo') {
    const applied = await get().applyConfig(
      ownConfig(urls, get().snapshot?.listeners[0]?.address),
      get().config.revision,
    );
    return applied.ok ? null : failureWords(applied.error);
  }
  if (target.kind === 'pool') {
    for (const url of urls) {
      const edited = await get().editConfig({ kind: 'add-server', pool: target.pool, server: { url } });
      if (!edited.ok) return failureWords(edited.error);
    }
    return null;
  }
  const { pool, address } = target;
  const added = await get().editConfig({ kind: 'add-pool', pool, servers: urls });
  if (!added.ok) return failureWords(added.error);
  const listening = await get().editConfig({ kind: 'add-listener', address, defaultPool: pool });
  return listening.ok ? null : failureWords(listening.error);
}

/** A config in the simple form. */
export function ownConfig(urls: readonly string[], address = ':8080'): string {
  return `${JSON.stringify({ port: address, healthCheckInterval: '2s', servers: urls }, null, 2)}\n`;
}
