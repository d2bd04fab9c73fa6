import { useState } from 'react';
import { POLICY_WORDS } from '../../../shared/config/policies.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDialogEdit } from '../../components/use-dialog-edit.ts';
import { failureWords } from '../../stores/config-actions.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { writtenPolicy } from '../../stores/written-pool.ts';

const KEY_BYTES = 24;

/** Which cookie a client is kept by, and what signs it. */
export function StickyCookieDialog() {
  const pool = useApp(selectPool);
  const text = useApp((state) => state.config.text);
  const [written] = useState(() => writtenPolicy(text, pool?.name ?? ''));
  const [cookie, setCookie] = useState(written.cookie);
  const [key, setKey] = useState(written.key);
  const { failure, save, close } = useDialogEdit(
    () => pool && { kind: 'set-sticky-cookie', pool: pool.name, cookie: cookie.trim(), key: key.trim() },
  );
  if (!pool) return null;
  return (
    <Modal title={POLICY_WORDS['sticky-cookie'].title} onClose={close}>
      <form className={form.form} onSubmit={save}>
        <TextField
          label="Cookie"
          isMono
          autoFocus
          placeholder="switchyard"
          value={cookie}
          onChange={setCookie}
          hint="Set with a client's first answer; it says which backend, in a way nobody can make up"
        />
        <TextField
          label="Key"
          isMono
          value={key}
          onChange={setKey}
          error={failure && failureWords(failure)}
          hint="16 to 200 characters that sign the cookie; without one, clients are forgotten at a restart"
        />
        <div className={form.actions}>
          <Button onClick={() => setKey(freshKey())}>Make a key</Button>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
