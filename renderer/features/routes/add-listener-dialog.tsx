import { type FormEvent, useState } from 'react';
import type { ConfigFailure } from '../../../shared/config-document.ts';
import { formatListenAddress, parseListenAddress } from '../../../shared/listen-address.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/use-app.ts';
import { splitIssues } from '../pool/split-issues.ts';

/** One more address to listen on. */
export function AddListenerDialog() {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const editConfig = useApp((state) => state.editConfig);
  const showRoutes = useApp((state) => state.showRoutes);
  const close = useApp((state) => state.closeDialog);
  const [address, setAddress] = useState(':');
  const [name, setName] = useState('');
  const [defaultPool, setDefaultPool] = useState(pools[0]?.name ?? '');
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const problems = splitIssues(failure, ['name', 'defaultPool']);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const own = name.trim();
    const typed = address.trim();
    const named = own === '' ? {} : { name: own };
    const result = await editConfig({ kind: 'add-listener', address: typed, ...named, defaultPool });
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    const parsed = parseListenAddress(typed);
    close();
    showRoutes(own !== '' || !parsed.ok ? own : formatListenAddress(parsed.value));
  };
  return (
    <Modal title="Add a listener" lead="One more address to reach the pools by." onClose={close}>
      <form className={form.form} onSubmit={(event) => void save(event)}>
        <TextField
          label="Address"
          isMono
          autoFocus
          value={address}
          onChange={setAddress}
          error={problems.rest}
          hint='":8081" is for this machine only; "0.0.0.0:8081" lets other machines in'
        />
        <div className={form.row}>
          <SelectField
            label="Default pool"
            value={defaultPool}
            options={pools.map((pool) => ({ value: pool.name, label: pool.name }))}
            onChange={setDefaultPool}
            error={problems.fields.defaultPool}
          />
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            error={problems.fields.name}
            hint="Optional"
          />
        </div>
        <div className={form.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit">
            Add listener
          </Button>
        </div>
      </form>
    </Modal>
  );
}
