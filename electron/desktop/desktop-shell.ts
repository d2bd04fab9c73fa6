import type * as Electron from 'electron';
import type { ActionContext } from '../../shared/actions/action.ts';
import { allActions } from '../../shared/actions/all-actions.ts';
import type { AppCommand } from '../../shared/calls/app-command.ts';
import type { ShownInWindow } from '../../shared/calls/contract.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { BackendKey } from '../../shared/view/snapshot.ts';
import { systemClock } from '../engine/system/clock.ts';
import { runOnEngine } from './engine-command.ts';
import type { MainWindow } from './main-window.ts';
import { AppMenu, type HelpItem } from './menu.ts';
import { MenuContext } from './menu-context.ts';
import { Notifications } from './notifications.ts';
import { readStanding } from './standing.ts';
import type { SwitchyardApp } from './switchyard-app.ts';
import { AppTray } from './tray.ts';
import { hasTrayHost } from './tray-host.ts';

export interface DesktopShellParts {
  readonly electron: Pick<typeof Electron, 'app' | 'Menu' | 'Tray' | 'Notification' | 'nativeImage'>;
  readonly window: MainWindow;
  readonly switchyard: SwitchyardApp;
  readonly help: readonly HelpItem[];
}

/** What of the app is outside its window: menu bar, tray and notifications, kept up to date with it. */
export class DesktopShell {
  readonly #app: Electron.App;
  readonly #window: MainWindow;
  readonly #switchyard: SwitchyardApp;
  readonly #context: MenuContext;
  readonly #menu: AppMenu;
  readonly #tray: AppTray;
  readonly #notifications: Notifications;

  constructor({ electron, window, switchyard, help }: DesktopShellParts) {
    const { app, Menu, Tray, Notification, nativeImage } = electron;
    const { platform } = process;
    this.#app = app;
    this.#window = window;
    this.#switchyard = switchyard;
    this.#menu = new AppMenu(Menu, (command) => this.#toPage(command), {
      isMac: platform === 'darwin',
      isPackaged: app.isPackaged,
      help,
    });
    this.#tray = new AppTray({
      Tray,
      Menu,
      nativeImage,
      platform,
      perform: (command) => void this.#perform(command),
      showWindow: () => window.focus(),
      quit: () => app.quit(),
    });
    this.#notifications = new Notifications({
      Notification,
      clock: systemClock,
      find: (key) => this.#find(key),
      isRehearsal: () => switchyard.scenarios.progress?.isPlaying ?? false,
      isSeen: () => window.current?.isFocused() ?? false,
      showPool: (pool) => void this.#perform({ kind: 'show', screen: 'pool', pool }),
    });
    this.#context = new MenuContext({
      read: () => readStanding(switchyard),
      onChange: (context) => this.#show(context),
      clock: systemClock,
    });
  }

  tell(event: EngineEvent): void {
    void this.#notifications.note(event);
  }

  /** Something has happened that a menu may have to say. */
  note(): void {
    this.#context.note();
  }

  setShown(shown: ShownInWindow): void {
    this.#context.setShown(shown);
  }

  /** Somebody has asked for something to be done to the process behind a backend. */
  noteActed(key: BackendKey): void {
    this.#notifications.noteActed(key);
  }

  /** The window is only hidden. Where no icon could bring it back, the app ends as it would without the setting. */
  async quitUnlessSeen(): Promise<void> {
    if (!(await hasTrayHost(process.platform)) && !this.#window.current?.isVisible()) this.#app.quit();
  }

  stop(): void {
    this.#context.stop();
    this.#notifications.stop();
    this.#tray.stop();
  }

  #show(context: ActionContext): void {
    const actions = allActions(context);
    this.#menu.show(actions);
    this.#tray.show(context, actions);
  }

  /** The page does it, and shows what comes of it. */
  #toPage(command: AppCommand): void {
    this.#switchyard.publisher.send('app:command', command);
  }

  /** From outside the window: what needs no page is done without one, for the rest it comes up. */
  async #perform(command: AppCommand): Promise<void> {
    const done = await runOnEngine(command, this.#switchyard);
    if (done?.ok) return;
    this.#window.focus();
    if (done) this.#switchyard.notify(done.error.message);
    else this.#toPage(command);
  }

  async #find({ pool, backend }: BackendKey) {
    const snapshot = await this.#switchyard.host.currentSnapshot();
    const backends = snapshot.pools.find(({ name }) => name === pool)?.backends;
    return backends?.find(({ name }) => name === backend);
  }
}
