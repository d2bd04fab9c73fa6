import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { Settings, SettingsChange } from '../../shared/config/settings-schema.ts';
import type { SettingsFailure, SettingsView } from '../../shared/view/settings-view.ts';
import { parseControlAddress } from '../services/control/control-address.ts';
import type { AppControl } from './app-control.ts';
import type { AskUser } from './consent-request.ts';
import type { LoginItem } from './login-item.ts';
import type { SettingsFile } from './settings-file.ts';

export interface AppSettingsParts {
  readonly file: SettingsFile;
  readonly loginItem: LoginItem;
  readonly control: Pick<AppControl, 'view' | 'set' | 'renewToken'>;
  /** Asks the user, in a dialog that is main's own. */
  readonly askUser: AskUser;
  /** Of the config that is open; null for one that is in no file. */
  readonly openConfigPath: () => string | null;
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

  /**
   * What the window asks for: all of it or nothing, and then what follows from it. What gives programs power over
   * Switchyard, or starts it, is done once the user has said yes to main.
   */
  async change(change: SettingsChange): Promise<Outcome> {
    const { configAtLaunch, ...others } = change;
    if (!(await this.#isAllowed(change))) return ok(await this.view());
    if (configAtLaunch === undefined) return this.#change(others);
    return this.#change({
      ...others,
      configAtLaunch: configAtLaunch === 'open' ? this.#parts.openConfigPath() : null,
    });
  }

  /** @param path that main was given by the user */
  openAtLaunch(path: string): Promise<Outcome> {
    return this.#change({ configAtLaunch: path });
  }

  async #isAllowed({ isControlOn, controlAddress, launchAtLogin }: SettingsChange): Promise<boolean> {
    const { askUser, file, loginItem } = this.#parts;
    const { current } = file;
    if (isControlOn && !current.isControlOn) {
      const address = controlAddress ?? current.controlAddress;
      if ((await askUser({ kind: 'control-api', address })) === 'no') return false;
    }
    if (launchAtLogin && loginItem.unavailable === null && !(await loginItem.isOn())) {
      if ((await askUser({ kind: 'launch-at-login' })) === 'no') return false;
    }
    return true;
  }

  async #change({ launchAtLogin, ...change }: Change): Promise<Outcome> {
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

/** With the path of the config in place of what the window says of it. */
type Change = Omit<SettingsChange, 'configAtLaunch'> & { readonly configAtLaunch?: string | null };

/** Without what is not to change. */
function given(change: Omit<Change, 'launchAtLogin'>): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
