import type { BrowserWindow as BrowserWindowType, NativeTheme, Screen } from 'electron';
import type { Theme } from '../../shared/calls/contract.ts';
import type { PushTarget } from './ipc/publisher.ts';
import { revivePage } from './revive-page.ts';
import { MIN_SIZE, placeWindow } from './window-bounds.ts';
import { FIRST_STATE, loadWindowState, saveWindowState, type WindowState } from './window-state.ts';

/** Of `styles/tokens.css`: what is there before the first paint, so that nothing flashes white. */
const BACKGROUND = { light: '#f6f7f9', dark: '#0f1115' } as const;

export interface WindowParts {
  readonly BrowserWindow: typeof BrowserWindowType;
  readonly screen: Pick<Screen, 'getAllDisplays'>;
  readonly nativeTheme: NativeTheme;
  /** The preload script. */
  readonly preload: string;
  /** The page to show. */
  readonly url: string;
  /** Where its size, place and theme are kept. */
  readonly statePath: string;
  /** Whether the app goes on without a window, in the tray. */
  readonly isKept: () => boolean;
  /** Its window was closed, and is only hidden. */
  readonly onKept: () => void;
  /** Whether anybody can see it; a hidden window is told nothing. */
  readonly onSeen: (isSeen: boolean) => void;
}

/** The one window: sandboxed, shown once it has something to show, and left as it was found. */
export class MainWindow {
  readonly #parts: WindowParts;
  #window: BrowserWindowType | null = null;
  #state: WindowState = FIRST_STATE;
  #saving: Promise<void> = Promise.resolve();
  #isLeaving = false;
  #settleShown = (): void => undefined;
  /** Resolves when the window was shown for the first time, or is gone before that. */
  readonly shown = new Promise<void>((resolve) => {
    this.#settleShown = resolve;
  });

  constructor(parts: WindowParts) {
    this.#parts = parts;
  }

  /** The window itself, while it is open. */
  get current(): BrowserWindowType | null {
    return this.#window;
  }

  get pushTarget(): PushTarget | null {
    return this.#window?.webContents ?? null;
  }

  async open(): Promise<void> {
    const { BrowserWindow, screen, nativeTheme, preload, url, statePath } = this.#parts;
    this.#state = await loadWindowState(statePath);
    nativeTheme.themeSource = this.#state.theme;
    const displays = screen.getAllDisplays().map((display) => display.workArea);
    const window = new BrowserWindow({
      ...placeWindow(this.#state.bounds, displays),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      title: 'Switchyard',
      show: false,
      backgroundColor: this.#background(),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    this.#window = window;
    this.#follow(window);
    revivePage(window.webContents, Date.now);
    await window.loadURL(url);
  }

  focus(): void {
    if (this.#window?.isMinimized()) this.#window.restore();
    this.#window?.show();
    this.#window?.focus();
  }

  /** The app is quitting: closing is for good now. */
  leave(): void {
    this.#isLeaving = true;
  }

  setTheme(theme: Theme): void {
    this.#parts.nativeTheme.themeSource = theme;
    this.#state = { ...this.#state, theme };
    this.#window?.setBackgroundColor(this.#background());
    this.#save();
  }

  /** Resolves when what is to be remembered is on disk. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  #follow(window: BrowserWindowType): void {
    const { onSeen, isKept, onKept } = this.#parts;
    window.once('ready-to-show', () => {
      if (this.#state.isMaximized) window.maximize();
      window.show();
      this.#settleShown();
    });
    window.on('show', () => onSeen(true));
    window.on('restore', () => onSeen(true));
    window.on('hide', () => onSeen(false));
    window.on('minimize', () => onSeen(false));
    window.on('close', (event) => {
      this.#state = {
        ...this.#state,
        bounds: window.getNormalBounds(),
        isMaximized: window.isMaximized(),
      };
      this.#save();
      if (this.#isLeaving || !isKept()) return;
      event.preventDefault();
      window.hide();
      onKept();
    });
    window.on('closed', () => {
      this.#window = null;
      this.#settleShown();
      onSeen(false);
    });
  }

  #background(): string {
    return BACKGROUND[this.#parts.nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
  }

  #save(): void {
    const state = this.#state;
    this.#saving = this.#saving.then(() => saveWindowState(this.#parts.statePath, state));
  }
}
