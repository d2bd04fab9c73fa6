import { useEffect, useRef, useState } from 'react';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useDialogEdit } from '../../components/use-dialog-edit.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { writtenPool } from '../../stores/written-pool.ts';
import { splitIssues } from '../pool/split-issues.ts';
import styles from './pool-settings.module.css';
import { defaultOf, EJECTION, FIELDS, OTHERS, type SettingField } from './setting-fields.ts';
import { changeBetween, formOf } from './settings-form.ts';
import { SettingsSection } from './settings-section.tsx';

const NAMES = FIELDS.map(({ name }) => name);

/** What a pool does beside picking: when it leaves a backend out, how it starts again, tries again and waits. */
export function PoolSettingsDialog() {
  const pool = useApp(selectPool);
  // Another pool is another form.
  return pool && <Dialog key={pool.name} pool={pool} />;
}

function Dialog({ pool }: { readonly pool: PoolSnapshot }) {
  const text = useApp((state) => state.config.text);
  const openDialog = useApp((state) => state.openDialog);
  const [before] = useState(() => formOf(writtenPool(text, pool.name), pool.whenAllDown));
  const [settings, setSettings] = useState(before);
  const element = useRef<HTMLFormElement>(null);
  const change = changeBetween(before, settings);
  const { failure, save, close } = useDialogEdit(
    () => change && { kind: 'set-pool-settings', pool: pool.name, settings: change },
  );
  const errors = splitIssues(failure, NAMES);
  useEffect(() => {
    if (failure) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  const draw = (field: SettingField) => (
    <TextField
      key={field.name}
      label={field.label}
      isMono
      value={settings.values[field.name] ?? ''}
      placeholder={defaultOf(field)}
      hint={field.line}
      error={errors.fields[field.name] ?? null}
      inputMode={field.kind === 'count' ? 'numeric' : 'text'}
      onChange={(value) => setSettings({ ...settings, values: { ...settings.values, [field.name]: value } })}
    />
  );
  return (
    <Modal
      title="Pool settings"
      lead={`Of pool ${pool.name}. An empty field means the value shown in it.`}
      isWide
      onClose={close}
    >
      <form ref={element} className={form.form} onSubmit={save}>
        <SettingsSection
          title="Health checks"
          line="How each backend is asked whether it is up."
          end={
            <Button
              disabled={change !== null}
              title={change === null ? undefined : 'Apply or cancel the changes here first'}
              onClick={() => openDialog('health-check')}
            >
              Health checks…
            </Button>
          }
        />
        <SettingsSection
          title="When every backend is down"
          line="By their checks alone. On: requests go to those that may still respond. Off: they get 503."
          end={
            <Toggle
              label="Send requests anyway when every backend is down"
              isOn={settings.whenAllDown === 'try'}
              onChange={(isOn) => setSettings({ ...settings, whenAllDown: isOn ? 'try' : 'refuse' })}
            />
          }
        />
        <SettingsSection
          title={EJECTION.title}
          line={EJECTION.line}
          end={
            <Toggle
              label="Eject backends that fail"
              isOn={settings.isEjecting}
              onChange={(isEjecting) => setSettings({ ...settings, isEjecting })}
            />
          }
        >
          {settings.isEjecting && EJECTION.fields.map(draw)}
        </SettingsSection>
        {OTHERS.map(({ title, line, fields }) => (
          <SettingsSection key={title} title={title} line={line}>
            {fields.map(draw)}
          </SettingsSection>
        ))}
        <div className={form.actions}>
          {errors.rest && (
            <p role="alert" className={styles.refused}>
              {errors.rest}
            </p>
          )}
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit">
            Apply
          </Button>
        </div>
      </form>
    </Modal>
  );
}
