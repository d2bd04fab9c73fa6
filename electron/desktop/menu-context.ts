import type { ActionContext } from '../../shared/actions/action.ts';
import type { ShownInWindow } from '../../shared/calls/contract.ts';
import type { Clock } from '../engine/system/clock.ts';

/** Events come in bursts, and a menu that is made anew costs a few milliseconds. */
const PAUSE_MS = 300;

export interface MenuContextParts {
  /** How things stand but for what is shown. */
  readonly read: () => Promise<Omit<ActionContext, keyof ShownInWindow>>;
  readonly onChange: (context: ActionContext) => void;
  readonly clock: Clock;
}

/** What menu and tray know of the app: read again shortly after something has happened, and then only. */
export class MenuContext {
  readonly #parts: MenuContextParts;
  #shown: ShownInWindow = { screen: 'pool', pool: null, theme: 'system', isRailCollapsed: false };
  #cancel: (() => void) | null = null;
  #isReading = false;
  /** Something has happened while it was read. */
  #isBehind = false;
  #isStopped = false;

  constructor(parts: MenuContextParts) {
    this.#parts = parts;
  }

  /** The page is showing something else. */
  setShown(shown: ShownInWindow): void {
    this.#shown = shown;
    this.note();
  }

  /** Something has happened that a menu may have to say. */
  note(): void {
    if (this.#isStopped) return;
    this.#cancel ??= this.#parts.clock.after(PAUSE_MS, () => {
      this.#cancel = null;
      void this.#refresh();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  /** One at a time: where a disk does not answer, they would pile up. */
  async #refresh(): Promise<void> {
    this.#isBehind = this.#isReading;
    if (this.#isReading) return;
    this.#isReading = true;
    const read = await this.#parts.read().finally(() => {
      this.#isReading = false;
    });
    if (this.#isStopped) return;
    this.#parts.onChange({ ...read, ...this.#shown });
    if (this.#isBehind) this.note();
  }
}
