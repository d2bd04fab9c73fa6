import { useContext, useEffect } from 'react';
import { StoreContext, selectPool, useApp } from '../../stores/use-app.ts';

/** Tells the menu bar what is on screen, so that it is about the same. */
export function useShown(): void {
  const store = useContext(StoreContext);
  const screen = useApp((state) => state.screen);
  const pool = useApp((state) => selectPool(state)?.name ?? null);
  const theme = useApp((state) => state.theme);
  const isRailCollapsed = useApp((state) => state.isRailCollapsed);
  useEffect(() => {
    store?.getState().noteShown({ screen, pool, theme, isRailCollapsed });
  }, [store, screen, pool, theme, isRailCollapsed]);
}
