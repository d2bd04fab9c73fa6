import { createStore } from 'zustand/vanilla';
import type {
  AppState,
  ConfigDocument,
  ConfigEdit,
  ConfigFailure,
  EngineStatus,
  SwitchyardApi,
  Theme,
} from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import type { AdminState, Snapshot } from '../../shared/snapshot.ts';
import type { TrafficPlan, TrafficProgress } from '../../shared/traffic.ts';
import { applyBatch } from './apply-batch.ts';
import { loadTheme, saveTheme } from './theme.ts';

export type Screen = 'pool' | 'config';
export type DialogName = 'traffic' | 'add-backend' | 'edit-backend' | 'listener' | 'interval';

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'bad';
  readonly words: string;
  readonly undo?: () => void;
}

export interface Store {
  readonly isLoading: boolean;
  readonly engine: EngineStatus;
  readonly snapshot: Snapshot | null;
  readonly config: ConfigDocument;
  readonly traffic: TrafficProgress | null;
  readonly notice: string | null;
  readonly theme: Theme;
  /** What is on screen; canvas has to be told when it changes. */
  readonly drawnTheme: 'light' | 'dark';
  readonly screen: Screen;
  /** Null until the user picks one: the first then. */
  readonly selectedPool: string | null;
  readonly dialog: { readonly name: DialogName; readonly backend?: string } | null;
  readonly toasts: readonly Toast[];
  show(screen: Screen, pool?: string): void;
  openDialog(name: DialogName, backend?: string): void;
  closeDialog(): void;
  setTheme(theme: Theme): void;
  setDrawnTheme(theme: 'light' | 'dark'): void;
  dismissNotice(): void;
  dismissToast(id: number): void;
  toast(toast: Omit<Toast, 'id'>): void;
  setAdmin(pool: string, backend: string, state: AdminState): Promise<void>;
  setRunning(isRunning: boolean): Promise<void>;
  probeNow(pool: string, backend: string): Promise<void>;
  resetCounters(pool: string): Promise<void>;
  startTraffic(plan: TrafficPlan): Promise<string | null>;
  stopTraffic(): Promise<void>;
  editConfig(edit: ConfigEdit): Promise<Result<ConfigDocument, ConfigFailure>>;
  applyConfig(text: string, revision: number): Promise<Result<ConfigDocument, ConfigFailure>>;
  removeBackend(pool: string, backend: string): Promise<void>;
  openConfigFile(path: string | null): Promise<void>;
  copy(text: string, what: string): void;
}

const NO_CONFIG: ConfigDocument = { text: '', revision: 0, path: null, isDemo: false, fileIssues: [] };
const TOAST_MS = 6_000;

/** The window's state. Every batch is one `setState`; commands show the engine's answer, not a hope. */
export function createAppStore(api: SwitchyardApi) {
  let lastToast = 0;
  const store = createStore<Store>((set, get) => {
    const complain = (result: Result<unknown, { readonly message: string }>): void => {
      if (!result.ok) get().toast({ tone: 'bad', words: result.error.message });
    };
    const opened = (result: Result<unknown, ConfigFailure>): void => {
      if (!result.ok) get().toast({ tone: 'bad', words: failureWords(result.error) });
    };
    return {
      isLoading: true,
      engine: { kind: 'starting' },
      snapshot: null,
      config: NO_CONFIG,
      traffic: null,
      notice: null,
      theme: loadTheme(),
      drawnTheme: 'light',
      screen: 'pool',
      selectedPool: null,
      dialog: null,
      toasts: [],
      show: (screen, pool) => set(pool === undefined ? { screen } : { screen, selectedPool: pool }),
      openDialog: (name, backend) => set({ dialog: backend === undefined ? { name } : { name, backend } }),
      closeDialog: () => set({ dialog: null }),
      setTheme: (theme) => {
        saveTheme(theme);
        void api.setTheme({ theme });
        set({ theme });
      },
      setDrawnTheme: (drawnTheme) => set({ drawnTheme }),
      dismissNotice: () => set({ notice: null }),
      dismissToast: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
      toast: (toast) => {
        const id = ++lastToast;
        set({ toasts: [...get().toasts, { ...toast, id }].slice(-3) });
        setTimeout(() => get().dismissToast(id), TOAST_MS);
      },
      setAdmin: async (pool, backend, state) => complain(await api.setAdmin({ pool, backend, state })),
      setRunning: async (isRunning) => complain(await api.setRunning({ isRunning })),
      probeNow: async (pool, backend) => complain(await api.probeNow({ pool, backend })),
      resetCounters: async (pool) => complain(await api.resetCounters({ pool })),
      startTraffic: async (plan) => {
        const result = await api.startTraffic(plan);
        return result.ok ? null : result.error.message;
      },
      stopTraffic: async () => complain(await api.stopTraffic()),
      editConfig: async (edit) => {
        const result = await api.editConfig({ edit, revision: get().config.revision });
        if (result.ok) set({ config: result.value });
        return result;
      },
      applyConfig: async (text, revision) => {
        const result = await api.applyConfig({ text, revision });
        if (result.ok) set({ config: result.value });
        return result;
      },
      removeBackend: async (pool, backend) => {
        const before = get().config.text;
        const result = await get().editConfig({ kind: 'remove-server', pool, backend });
        if (!result.ok) {
          opened(result);
          return;
        }
        const undo = () => void get().applyConfig(before, get().config.revision).then(opened);
        get().toast({ tone: 'plain', words: `Removed ${backend}.`, undo });
      },
      openConfigFile: async (path) =>
        opened(path === null ? await api.chooseConfig() : await api.openConfig({ path })),
      copy: (text, what) => {
        void api.copy({ text });
        get().toast({ tone: 'plain', words: `${what} copied.` });
      },
    };
  });
  listen(api, store);
  return store;
}

export type AppStore = ReturnType<typeof createAppStore>;

export function failureWords(failure: ConfigFailure): string {
  return failure.code === 'invalid'
    ? failure.issues.map((issue) => issue.message).join(' ')
    : failure.message;
}

function listen(api: SwitchyardApi, store: AppStore): void {
  api.onSnapshot((snapshot) => store.setState({ snapshot }));
  api.onBatch((batch) => {
    const { snapshot } = store.getState();
    if (snapshot) store.setState({ snapshot: applyBatch(snapshot, batch) });
  });
  api.onEngineStatus((engine) => store.setState({ engine }));
  api.onConfigChanged((config) => store.setState({ config }));
  api.onTrafficProgress((traffic) => store.setState({ traffic }));
  api.onNotice((notice) => store.setState({ notice }));
  void api.watch().then((state: AppState) => {
    const { engine, snapshot, config, traffic, notice } = state;
    store.setState({ isLoading: false, engine, snapshot, config, traffic, notice });
  });
}
