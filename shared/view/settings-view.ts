import type { Settings, SettingsChange } from '../config/settings-schema.ts';

/** The settings as the window shows them: what is set, and what has come of it. */
export interface SettingsView {
  readonly settings: Settings;
  readonly launchAtLogin: LaunchAtLogin;
  /** Why the app does not update itself, in a sentence; null where it does. */
  readonly updates: { readonly unavailable: string | null };
  readonly control: ControlView;
}

export interface LaunchAtLogin {
  readonly isOn: boolean;
  /** Why it cannot be had here, in a sentence; null where it can. */
  readonly unavailable: string | null;
}

/** The control API of the app. */
export type ControlView =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  /** `url` without a slash at its end. The token is main's alone. */
  | { readonly kind: 'on'; readonly url: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface SettingsFailure {
  /** The setting that is wrong; null where none is. */
  readonly setting: keyof SettingsChange | null;
  /** A whole sentence. */
  readonly message: string;
}
