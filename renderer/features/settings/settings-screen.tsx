import { useEffect } from 'react';
import type { SettingsView } from '../../../shared/view/settings-view.ts';
import { Segmented } from '../../components/segmented.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useApp } from '../../stores/use-app.ts';
import { ConfigAtLaunch } from './config-at-launch.tsx';
import { ControlSettings } from './control-settings.tsx';
import { SettingRow } from './setting-row.tsx';
import { SettingsCard } from './settings-card.tsx';
import styles from './settings-screen.module.css';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const CHANNELS = [
  { value: 'latest', label: 'Stable' },
  { value: 'beta', label: 'Beta' },
] as const;

/** What is set for the app itself, whatever the config. */
export default function SettingsScreen() {
  const view = useApp((state) => state.settings);
  const load = useApp((state) => state.loadSettings);
  useEffect(() => void load(), [load]);
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>Settings</h1>
        <p className={styles.lead}>For Switchyard itself; what is balanced is in the config.</p>
      </header>
      {view && <Groups view={view} />}
    </div>
  );
}

function Groups({ view }: { readonly view: SettingsView }) {
  const { settings, launchAtLogin, updates, control } = view;
  const theme = useApp((state) => state.theme);
  const setTheme = useApp((state) => state.setTheme);
  const change = useApp((state) => state.changeSettings);
  return (
    <>
      <SettingsCard title="Appearance">
        <SettingRow title="Theme" line="Light, dark, or as the system has it.">
          <Segmented label="Theme of the window" value={theme} options={THEMES} onChange={setTheme} />
        </SettingRow>
      </SettingsCard>
      <SettingsCard title="Start and end">
        <SettingRow
          title="Launch at login"
          line={launchAtLogin.unavailable ?? 'Switchyard is there when you log in.'}
        >
          <Toggle
            label="Launch at login"
            isOn={launchAtLogin.isOn}
            isDisabled={launchAtLogin.unavailable !== null}
            onChange={(isOn) => void change({ launchAtLogin: isOn })}
          />
        </SettingRow>
        <ConfigAtLaunch path={settings.configAtLaunch} />
        <SettingRow
          title="Keep running in the tray"
          line="Closing the window leaves the balancer running; quit it from the tray or the menu."
        >
          <Toggle
            label="Keep running in the tray"
            isOn={settings.keepInTray}
            onChange={(isOn) => void change({ keepInTray: isOn })}
          />
        </SettingRow>
        {updates.unavailable === null ? (
          <SettingRow
            title="Update channel"
            line="Beta gets new things first, and is less tried. Taken up at the next look for updates."
          >
            <Segmented
              label="Update channel"
              value={settings.updateChannel}
              options={CHANNELS}
              onChange={(updateChannel) => void change({ updateChannel })}
            />
          </SettingRow>
        ) : (
          <SettingRow title="Updates" line={updates.unavailable} />
        )}
      </SettingsCard>
      <SettingsCard title="Control from outside">
        <ControlSettings settings={settings} control={control} />
      </SettingsCard>
    </>
  );
}
