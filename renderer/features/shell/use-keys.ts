import { useContext, useEffect } from 'react';
import type { Action } from '../../../shared/actions/action.ts';
import { allActions } from '../../../shared/actions/all-actions.ts';
import { isAccelerator, isPlainKey, type PressedKey } from '../../../shared/actions/shortcut-words.ts';
import type { Store } from '../../stores/app-state.ts';
import { StoreContext } from '../../stores/use-app.ts';
import { actionContext, NOTHING_LOOKED_UP } from '../palette/action-context.ts';

/** Where keys are words or choices, not commands. */
export const BUSY = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]';
/** What Space presses by itself. */
const PRESSED = 'button, a, [role=switch], [role=checkbox], [role=radio]';

/**
 * The shortcuts of all actions. Outside macOS the menu only shows them, and they are heard here, so that an editor with
 * the focus comes first; on macOS the menu hears those with a modifier.
 */
export function useKeys(): void {
  const store = useContext(StoreContext);
  useEffect(() => {
    if (!store) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented) return;
      // The editor is in a shadow, and the event's own target only the shadow's host.
      const [innermost] = event.composedPath();
      const target = innermost instanceof Element ? innermost : null;
      const command = actionOf(pressedOf(event), target, store.getState())?.command;
      if (!command) return;
      event.preventDefault();
      store.getState().carryOut(command);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}

function actionOf(pressed: PressedKey, target: Element | null, state: Store): Action | null {
  const isModified = pressed.isCtrl || pressed.isMeta;
  if (isModified ? state.platform === 'darwin' : target?.closest(BUSY)) return null;
  if (pressed.key === ' ' && target?.closest(PRESSED)) return null;
  // Whatever lies over the window has the keys to itself; the palette goes by the key it came by.
  const isCovered =
    state.dialog !== null || Boolean(!state.isPaletteOpen && target?.closest('[role=dialog]'));
  if (isCovered) return null;
  const found = allActions(actionContext(state, NOTHING_LOOKED_UP)).find(
    ({ accelerator, key, keyScreen }) => {
      if (isModified) return accelerator !== undefined && isAccelerator(accelerator, pressed);
      return key !== undefined && isPlainKey(key, pressed) && (keyScreen ?? state.screen) === state.screen;
    },
  );
  if (!found?.isAvailable) return null;
  return state.isPaletteOpen && found.command.kind !== 'palette' ? null : found;
}

function pressedOf(event: KeyboardEvent): PressedKey {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  return { key, isCtrl: ctrlKey, isMeta: metaKey, isShift: shiftKey, isAlt: altKey };
}
