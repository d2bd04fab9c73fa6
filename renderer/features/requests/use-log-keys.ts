import { useEffect, useRef } from 'react';

interface LogKeys {
  togglePause(): void;
  focusSearch(): void;
  /** One line down or up. */
  move(step: 1 | -1): void;
  close(): void;
}

/** Where keys are words or choices, not commands. */
const BUSY = 'input, textarea, select, [role=dialog], [role=menu]';
/** What Space presses by itself. */
const PRESSED = 'button, a';

/** `/` filters, Space pauses, the arrows go from line to line, Escape closes what is open. */
export function useLogKeys(keys: LogKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') {
        if (target instanceof HTMLElement && target.closest(BUSY)) target.blur();
        else latest.current.close();
        return;
      }
      if (target?.closest(BUSY)) return;
      if (event.key === '/') latest.current.focusSearch();
      else if (event.key === 'ArrowDown') latest.current.move(1);
      else if (event.key === 'ArrowUp') latest.current.move(-1);
      else if (event.key === ' ' && !target?.closest(PRESSED)) latest.current.togglePause();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
