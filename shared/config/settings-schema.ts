import { z } from 'zod';

/** Each setting of the app by itself, so that one that cannot be used does not take the others along. */
export const settingSchemas = {
  /** Whether Switchyard goes on without a window, in the tray, when its window is closed. */
  keepInTray: z.boolean(),
  /** Absolute path of the config to open at launch; null for the user's own, or the demo. */
  configAtLaunch: z.string().min(1).max(4_096).nullable(),
  /** Which releases the app updates itself to. */
  updateChannel: z.enum(['latest', 'beta']),
  /** Whether programs on this machine may control the balancer. */
  isControlOn: z.boolean(),
  /** Where they do: `127.0.0.1:9900`. */
  controlAddress: z.string().min(1).max(200),
};

const settingsSchema = z.strictObject(settingSchemas);

/** What the user has set for the app itself; the theme is kept with the window. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

export const DEFAULT_SETTINGS: Settings = {
  keepInTray: false,
  configAtLaunch: null,
  updateChannel: 'latest',
  isControlOn: false,
  controlAddress: '127.0.0.1:9900',
};

/** What the window may ask to have changed; the system remembers what starts at login, not the settings file. */
export const settingsChangeSchema = z.strictObject({
  keepInTray: settingSchemas.keepInTray.optional(),
  /** The one that is open now, or null. Other paths do not come from the window: main asks the user for a file. */
  configAtLaunch: z.literal('open').nullable().optional(),
  updateChannel: settingSchemas.updateChannel.optional(),
  isControlOn: settingSchemas.isControlOn.optional(),
  controlAddress: z.string().max(200).optional(),
  launchAtLogin: z.boolean().optional(),
});

export type SettingsChange = Readonly<z.infer<typeof settingsChangeSchema>>;
