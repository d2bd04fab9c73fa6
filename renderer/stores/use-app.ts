import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { PoolSnapshot } from '../../shared/snapshot.ts';
import type { AppStore, Store } from './app-store.ts';

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
