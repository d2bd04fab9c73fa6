import { type FormEvent, useState } from 'react';
import type { ConfigEdit } from '../../../shared/contract.ts';
import { formatDuration } from '../../../shared/duration.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextField } from '../../components/text-field.tsx';
import { failureWords } from '../../stores/config-actions.ts';
import { selectListener, selectPool, useApp } from '../../stores/use-app.ts';

const WORDS = {
  listener: {
    title: 'Where it listens',
    label: 'Address',
    hint: '":8080" is loopback only; "0.0.0.0:8080" lets other machines in',
  },
  interval: { title: 'Health check', label: 'Interval', hint: 'A duration such as 500ms, 2s or 1m30s' },
} as const;

/** One setting in one field: the listener's address, or the interval of the checks. */
export function SettingDialog({ setting }: { readonly setting: 'listener' | 'interval' }) {
  const pool = useApp(selectPool);
  const listener = useApp(selectListener);
  const editConfig = useApp((state) => state.editConfig);
  const close = useApp((state) => state.closeDialog);
  const [value, setValue] = useState(
    setting === 'listener' ? (listener?.address ?? '') : formatDuration(pool?.healthCheckIntervalMs ?? 0),
  );
  const [error, setError] = useState<string | null>(null);
  if (!pool) return null;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const edit: ConfigEdit =
      setting === 'listener'
        ? { kind: 'set-address', listener: listener?.name ?? '', address: value.trim() }
        : { kind: 'set-health-check-interval', pool: pool.name, interval: value.trim() };
    const result = await editConfig(edit);
    if (result.ok) close();
    else setError(failureWords(result.error));
  };
  const { title, label, hint } = WORDS[setting];
  return (
    <Modal title={title} onClose={close}>
      <form className={form.form} onSubmit={(event) => void save(event)}>
        <TextField
          label={label}
          isMono
          autoFocus
          value={value}
          onChange={setValue}
          error={error}
          hint={hint}
        />
        <div className={form.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
