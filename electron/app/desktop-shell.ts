import type { Menu as MenuType } from 'electron';
import { allActions } from '../../shared/actions/all-actions.ts';
import type { AppCommand } from '../../shared/app-command.ts';
import type { ShownInWindow } from '../../shared/contract.ts';
import { systemClock } from '../system/clock.ts';
import type { MainWindow } from './main-window.ts';
import { AppMenu, type HelpItem } from './menu.ts';
import { MenuContext } from './menu-context.ts';
import type { SwitchyardApp } from './switchyard-app.ts';

export interface DesktopShellParts {
  readonly Menu: typeof MenuType;
  readonly window: MainWindow;
  readonly switchyard: SwitchyardApp;
  readonly isPackaged: boolean;
  readonly help: readonly HelpItem[];
}

/** What of the app is outside its window, and kept up to date with it. */
export class DesktopShell {
  readonly #parts: DesktopShellParts;
  readonly #context: MenuContext;
  readonly #menu: AppMenu;

  constructor(parts: DesktopShellParts) {
    this.#parts = parts;
    this.#menu = new AppMenu(parts.Menu, (command) => this.#perform(command), {
      isMac: process.platform === 'darwin',
      isPackaged: parts.isPackaged,
      help: parts.help,
    });
    this.#context = new MenuContext({
      read: () => parts.switchyard.standing(),
      onChange: (context) => this.#menu.show(allActions(context)),
      clock: systemClock,
    });
  }

  /** Something has happened that a menu may have to say. */
  note(): void {
    this.#context.note();
  }

  setShown(shown: ShownInWindow): void {
    this.#context.setShown(shown);
  }

  stop(): void {
    this.#context.stop();
  }

  /** The page does it, and shows what comes of it. */
  #perform(command: AppCommand): void {
    this.#parts.switchyard.publisher.send('app:command', command);
  }
}
