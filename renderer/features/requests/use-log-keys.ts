import { useEffect, useRef } from 'react';
import { useApp } from '../../stores/use-app.ts';
import { BUSY } from '../shell/use-keys.ts';

interface LogKeys {
  togglePause(): void;
  focusSearch(): void;
  /** So many lines down, or up when it is negative; as far as there are any. */
  move(step: number): void;
  close(): void;
}

/** What these keys scroll by themselves. */
const SCROLLED = '[role=tabpanel]';
const A_PAGE = 20;
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
  ['PageDown', A_PAGE],
  ['PageUp', -A_PAGE],
  ['End', Number.POSITIVE_INFINITY],
  ['Home', Number.NEGATIVE_INFINITY],
]);

/** Arrows and pages go from line to line, Home and End to the ends; Escape closes what is open. Pausing and filtering come by the store. */
export function useLogKeys(keys: LogKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  const ask = useApp((state) => state.logAsk);
  const answered = useApp((state) => state.logAnswered);
  useEffect(() => {
    if (ask === null) return;
    if (ask === 'pause') latest.current.togglePause();
    else latest.current.focusSearch();
    answered();
  }, [ask, answered]);
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
      const step = target?.closest(SCROLLED) ? undefined : STEPS.get(event.key);
      if (step !== undefined) latest.current.move(step);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
