import { useContext, useEffect } from 'react';
import type { AppCommand } from '../../../shared/contract.ts';
import type { AppStore } from '../../stores/app-store.ts';
import { StoreContext, selectPool } from '../../stores/use-app.ts';

/** Menu items and keys: the same commands, however they come. */
export function useAppCommands(): void {
  const store = useContext(StoreContext);
  useEffect(() => {
    if (!store) return;
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element &&
        event.target.closest('input, textarea, [contenteditable], [role=dialog]');
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[1-9]$/.test(event.key)) carryOut(store, { kind: 'toggle-backend', position: Number(event.key) });
    };
    window.addEventListener('keydown', onKey);
    const stop = window.switchyard.onCommand((command) => carryOut(store, command));
    return () => {
      stop();
      window.removeEventListener('keydown', onKey);
    };
  }, [store]);
}

function carryOut(store: AppStore, command: AppCommand): void {
  const state = store.getState();
  switch (command.kind) {
    case 'show':
      state.show(command.screen);
      break;
    case 'send-traffic':
      state.openDialog('traffic');
      break;
    case 'add-backend':
      state.openDialog('add-backend');
      break;
    case 'open-config':
      void state.openConfigFile(null);
      break;
    case 'theme':
      state.setTheme(command.theme);
      break;
    case 'toggle-backend': {
      const pool = selectPool(state);
      const backend = pool?.backends[command.position - 1];
      if (pool && backend)
        void state.setAdmin(pool.name, backend.name, backend.admin === 'enabled' ? 'disabled' : 'enabled');
      break;
    }
  }
}
