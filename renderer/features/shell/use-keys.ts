import { useEffect } from 'react';
import { useApp } from '../../stores/use-app.ts';

/** Where keys are words or choices, not commands. */
export const BUSY = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]';

/**
 * `1` to `9` on the pool screen: the backend with that number, on or off. `,` anywhere: the settings. Those with Ctrl or
 * Cmd come from the menu.
 */
export function useKeys(): void {
  const carryOut = useApp((state) => state.carryOut);
  const isFree = useApp((state) => state.dialog === null);
  const isPoolShown = useApp((state) => state.screen === 'pool');
  useEffect(() => {
    if (!isFree) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest(BUSY)) return;
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === ',') carryOut({ kind: 'show', screen: 'settings' });
      if (isPoolShown && /^[1-9]$/.test(event.key))
        carryOut({ kind: 'toggle-backend', position: Number(event.key) });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [carryOut, isFree, isPoolShown]);
}
