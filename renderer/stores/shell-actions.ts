import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { ShellActions, Store } from './app-state.ts';
import { carryOut } from './carry-out.ts';
import { saveRailCollapsed, saveTheme } from './preferences.ts';
import { selectPool } from './use-app.ts';

type SetState = (change: Partial<Store>) => void;

/** What the window does by itself: screens, dialogs, theme, short messages. */
export function shellActions(api: SwitchyardApi, set: SetState, get: () => Store): ShellActions {
  let lastToast = 0;
  return {
    show: (screen, pool) => set(pool === undefined ? { screen } : { screen, selectedPool: pool }),
    showRoutes: (listener) => set({ screen: 'routes', selectedListener: listener }),
    openDialog: (name, of) => {
      const pool = selectPool(get())?.name ?? null;
      set({ dialog: { name, pool, ...(of !== undefined && { of }) } });
    },
    closeDialog: () => set({ dialog: null }),
    setPaletteOpen: (isPaletteOpen) => set({ isPaletteOpen }),
    logAnswered: () => set({ logAsk: null }),
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
    pointAt: (pointedBackend) => {
      if (get().pointedBackend !== pointedBackend) set({ pointedBackend });
    },
    dismissNotice: () => set({ notice: null }),
    dismissToast: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
    toast: (toast) => {
      lastToast += 1;
      set({ toasts: [...get().toasts, { ...toast, id: lastToast }].slice(-3) });
    },
    copy: (text, what) => {
      void api.copy({ text }).then(() => get().toast({ tone: 'plain', words: `${what} copied.` }));
    },
    openUrl: async (url) => {
      const result = await api.openUrl({ url });
      if (!result.ok) get().toast({ tone: 'bad', words: result.error.message });
    },
    noteShown: (shown) => void api.noteShown(shown),
    carryOut: (command) => void carryOut(command, set, get()),
  };
}
