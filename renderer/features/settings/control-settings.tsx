import { type FormEvent, useState } from 'react';
import type { Settings } from '../../../shared/config/settings-schema.ts';
import type { ControlView } from '../../../shared/view/settings-view.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useApp } from '../../stores/use-app.ts';
import { ControlDoor } from './control-door.tsx';
import { SettingRow } from './setting-row.tsx';
import styles from './settings-screen.module.css';

interface Props {
  readonly settings: Settings;
  readonly control: ControlView;
}

/** The control API: on or off, where, and what its callers have to show. */
export function ControlSettings({ settings, control }: Props) {
  const change = useApp((state) => state.changeSettings);
  return (
    <>
      <SettingRow
        title="Control API"
        line="Programs on this machine that know the token may see and change everything. Other machines and web pages cannot."
        error={control.kind === 'failed' ? control.reason : null}
      >
        <Toggle
          label="Control API"
          isOn={settings.isControlOn}
          onChange={(isControlOn) => void change({ isControlOn })}
        />
      </SettingRow>
      <Address key={settings.controlAddress} address={settings.controlAddress} />
      {control.kind === 'on' && <ControlDoor url={control.url} />}
    </>
  );
}

function Address({ address }: { readonly address: string }) {
  const change = useApp((state) => state.changeSettings);
  const [typed, setTyped] = useState(address);
  const [error, setError] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setError(await change({ controlAddress: typed.trim() }, 'controlAddress'));
  };
  return (
    <form className={styles.address} onSubmit={(event) => void save(event)}>
      <TextField
        label="Address"
        value={typed}
        isMono
        error={error}
        hint="On this machine's loopback; port 0 takes a free one."
        onChange={setTyped}
      />
      <Button type="submit" disabled={typed.trim() === address}>
        Change address
      </Button>
    </form>
  );
}
