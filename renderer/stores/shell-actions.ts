import type { SwitchyardApi } from '../../shared/contract.ts';
import type { ShellActions, Store } from './app-state.ts';
import { saveRailCollapsed, saveTheme } from './preferences.ts';
import { selectPool } from './use-app.ts';

type SetState = (change: Partial<Store>) => void;

/** What the window does by itself: screens, dialogs, theme, short messages. */
export function shellActions(api: SwitchyardApi, set: SetState, get: () => Store): ShellActions {
  let lastToast = 0;
  return {
    show: (screen, pool) => set(pool === undefined ? { screen } : { screen, selectedPool: pool }),
    showRoutes: (listener) => set({ screen: 'routes', selectedListener: listener }),
    openDialog: (name, of) => set({ dialog: of === undefined ? { name } : { name, of } }),
    closeDialog: () => set({ dialog: null }),
    setTheme: (theme) => {
      saveTheme(theme);
      void api.setTheme({ theme });
      set({ theme });
    },
    setDrawnTheme: (drawnTheme) => set({ drawnTheme }),
    setRailCollapsed: (isRailCollapsed) => {
      saveRailCollapsed(isRailCollapsed);
      set({ isRailCollapsed });
    },
    setReadSecond: (readSecond) => set({ readSecond }),
    dismissNotice: () => set({ notice: null }),
    dismissToast: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
    toast: (toast) => {
      lastToast += 1;
      set({ toasts: [...get().toasts, { ...toast, id: lastToast }].slice(-3) });
    },
    copy: (text, what) => {
      void api.copy({ text });
      get().toast({ tone: 'plain', words: `${what} copied.` });
    },
    openUrl: async (url) => {
      const result = await api.openUrl({ url });
      if (!result.ok) get().toast({ tone: 'bad', words: result.error.message });
    },
    carryOut: (command) => {
      const state = get();
      switch (command.kind) {
        case 'show':
          state.show(command.screen);
          break;
        case 'send-traffic':
          state.show('pool');
          state.setTrafficOpen(true);
          break;
        case 'add-backend':
          state.show('pool');
          state.openDialog('add-backend');
          break;
        case 'use-demo':
          void state.startDemo();
          break;
        case 'find-servers':
          state.openDialog('find-servers');
          break;
        case 'open-config':
          void state.openConfigFile(null);
          break;
        case 'open-recent':
          void state.openConfigFile(command.path);
          break;
        case 'save-config-as':
          void state.saveConfigAs();
          break;
        case 'step-config':
          void state.stepConfig(command.direction);
          break;
        case 'theme':
          state.setTheme(command.theme);
          break;
        case 'toggle-backend': {
          const pool = selectPool(state);
          const backend = pool?.backends[command.position - 1];
          const next = backend?.admin === 'enabled' ? 'disabled' : 'enabled';
          if (pool && backend) void state.setAdmin(pool.name, backend.name, next);
          break;
        }
      }
    },
  };
}
