import { fail, ok, type Result } from '../../shared/result.ts';
import type { Settings, SettingsChange } from '../../shared/settings-schema.ts';
import type { SettingsFailure, SettingsView } from '../../shared/settings-view.ts';
import { parseControlAddress } from '../control/control-address.ts';
import type { AppControl } from './app-control.ts';
import type { LoginItem } from './login-item.ts';
import type { SettingsFile } from './settings-file.ts';

export interface AppSettingsParts {
  readonly file: SettingsFile;
  readonly loginItem: LoginItem;
  readonly control: Pick<AppControl, 'view' | 'set' | 'renewToken'>;
  /** Why the app does not update itself; null where it does. */
  readonly whyNoUpdates: string | null;
  readonly onChange: (view: SettingsView) => void;
}

type Outcome = Result<SettingsView, SettingsFailure>;

/** What the user has set for the app, and what follows from it. */
export class AppSettings {
  readonly #parts: AppSettingsParts;

  constructor(parts: AppSettingsParts) {
    this.#parts = parts;
  }

  /** Does what the settings ask for. Resolves with a line for the user when that cannot be done. */
  async start(): Promise<string | null> {
    await this.#followControl(this.#parts.file.current);
    const { view } = this.#parts.control;
    return view.kind === 'failed' ? `Switchyard cannot be controlled from outside: ${view.reason}` : null;
  }

  async view(): Promise<SettingsView> {
    const { file, loginItem, control, whyNoUpdates } = this.#parts;
    const launchAtLogin = { isOn: await loginItem.isOn(), unavailable: loginItem.unavailable };
    return {
      settings: file.current,
      launchAtLogin,
      updates: { unavailable: whyNoUpdates },
      control: control.view,
    };
  }

  /** All of it or nothing, and then what follows from it. */
  async change({ launchAtLogin, ...change }: SettingsChange): Promise<Outcome> {
    const { file, loginItem } = this.#parts;
    if (change.controlAddress !== undefined) {
      const address = parseControlAddress(change.controlAddress);
      if (!address.ok) return fail({ setting: 'controlAddress', message: `${address.error}.` });
    }
    if (launchAtLogin !== undefined) {
      const set = await loginItem.set(launchAtLogin);
      if (!set.ok) return fail({ setting: 'launchAtLogin', message: set.error });
    }
    const changed = await file.change(given(change));
    if (!changed.ok) return fail({ setting: null, message: changed.error });
    await this.#followControl(changed.value);
    return this.tell();
  }

  async renewToken(): Promise<Outcome> {
    await this.#parts.control.renewToken();
    return this.tell();
  }

  /** Shows the window how things are now. */
  async tell(): Promise<Outcome> {
    const view = await this.view();
    this.#parts.onChange(view);
    return ok(view);
  }

  async #followControl({ isControlOn, controlAddress }: Settings): Promise<void> {
    const address = parseControlAddress(controlAddress);
    await this.#parts.control.set(isControlOn && address.ok ? address.value : null);
  }
}

/** Without what is not to change. */
function given(change: Omit<SettingsChange, 'launchAtLogin'>): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
