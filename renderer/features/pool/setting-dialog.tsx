import { useState } from 'react';
import type { ConfigEdit } from '../../../shared/config/config-edit.ts';
import { POLICY_WORDS } from '../../../shared/config/policies.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDialogEdit } from '../../components/use-dialog-edit.ts';
import { failureWords } from '../../stores/config-actions.ts';
import { selectListener, selectPool, useApp } from '../../stores/use-app.ts';
import { policyParameter } from '../../stores/written-pool.ts';

const WORDS = {
  listener: {
    title: 'Where it listens',
    label: 'Address',
    hint: '":8080" is for this machine only; "0.0.0.0:8080" lets other machines in',
  },
  'header-hash': {
    title: POLICY_WORDS['header-hash'].title,
    label: 'Header',
    hint: 'Requests with the same value, such as of X-User, go to the same backend',
  },
  'cookie-hash': {
    title: POLICY_WORDS['cookie-hash'].title,
    label: 'Cookie',
    hint: 'Requests with the same value, such as of session, go to the same backend',
  },
} as const;

type Setting = keyof typeof WORDS;

export function isSetting(dialog: string): dialog is Setting {
  return Object.hasOwn(WORDS, dialog);
}

/** One setting in one field: the listener's address, what a policy goes by. */
export function SettingDialog({ setting }: { readonly setting: Setting }) {
  const pool = useApp(selectPool);
  const listener = useApp(selectListener);
  const text = useApp((state) => state.config.text);
  const [value, setValue] = useState(() => {
    if (setting === 'listener') return listener?.address ?? '';
    return pool?.policy === setting ? policyParameter(text, pool.name) : '';
  });
  const { failure, save, close } = useDialogEdit(
    () => pool && editOf(setting, value.trim(), { pool: pool.name, listener: listener?.name }),
  );
  if (!pool) return null;
  const { title, label, hint } = WORDS[setting];
  return (
    <Modal title={title} onClose={close}>
      <form className={form.form} onSubmit={save}>
        <TextField
          label={label}
          isMono
          autoFocus
          value={value}
          onChange={setValue}
          error={failure && failureWords(failure)}
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

function editOf(
  setting: Setting,
  value: string,
  { pool, listener = '' }: { readonly pool: string; readonly listener: string | undefined },
): ConfigEdit {
  switch (setting) {
    case 'listener':
      return { kind: 'set-address', listener, address: value };
    case 'header-hash':
    case 'cookie-hash':
      return { kind: 'set-policy', pool, policy: setting, parameter: value };
  }
}
