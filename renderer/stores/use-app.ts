import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ListenerSnapshot, PoolSnapshot } from '../../shared/view/snapshot.ts';
import type { Store } from './app-state.ts';
import type { AppStore } from './app-store.ts';

export const StoreContext = createContext<AppStore | null>(null);

/** A part of the state; the component is drawn again when that part changes. */
export function useApp<T>(select: (state: Store) => T): T {
  const store = useContext(StoreContext);
  if (!store) throw new Error('useApp needs a StoreContext around it');
  return useStore(store, select);
}

/** The pool on screen: the one picked, or the first. */
export function selectPool(state: Store): PoolSnapshot | null {
  const pools = state.snapshot?.pools ?? [];
  return pools.find((pool) => pool.name === state.selectedPool) ?? pools[0] ?? null;
}

/** The listener whose routes are on screen: the one picked, or the first. */
export function selectShownListener(state: Store): ListenerSnapshot | null {
  const listeners = state.snapshot?.listeners ?? [];
  return listeners.find((one) => one.name === state.selectedListener) ?? listeners[0] ?? null;
}

/** Where the pool on screen is reached by a route, when no listener leads to it by default. */
export function selectRouteUrl(state: Store): string | null {
  const pool = selectPool(state);
  if (selectListener(state)) return null;
  const routes = state.snapshot?.listeners.flatMap((one) => one.routes) ?? [];
  return routes.find((one) => one.pool === pool?.name && one.url !== null)?.url ?? null;
}

/** The listener that leads to the pool on screen by default; null when none does. */
export function selectListener(state: Store): ListenerSnapshot | null {
  const pool = selectPool(state);
  return state.snapshot?.listeners.find((one) => one.defaultPool === pool?.name) ?? null;
}
