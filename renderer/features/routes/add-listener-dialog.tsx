import { type FormEvent, useState } from 'react';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import { formatListenAddress, parseListenAddress } from '../../../shared/config/listen-address.ts';
import type { TlsSettings } from '../../../shared/config/tls-schema.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/use-app.ts';
import { splitIssues } from '../pool/split-issues.ts';

const DOORS = [
  { value: 'http', label: 'http' },
  { value: 'self-signed', label: 'https, with a certificate that Switchyard makes' },
  { value: 'files', label: 'https, with a certificate of your own' },
] as const;
type Door = (typeof DOORS)[number]['value'];

const HINTS: Readonly<Record<Door, string>> = {
  http: 'Not encrypted',
  'self-signed': 'For localhost and the hosts of the routes; clients have to be told to trust it',
  files: 'PEM files, from the folder of the config',
};

/** Null for plain http. */
function tlsOf(
  door: Door,
  { cert, key }: { readonly cert: string; readonly key: string },
): TlsSettings | null {
  if (door === 'http') return null;
  return door === 'files' ? { cert: cert.trim(), key: key.trim() } : 'self-signed';
}

/** One more address to listen on. */
export function AddListenerDialog() {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const editConfig = useApp((state) => state.editConfig);
  const showRoutes = useApp((state) => state.showRoutes);
  const close = useApp((state) => state.closeDialog);
  const [address, setAddress] = useState(':');
  const [name, setName] = useState('');
  const [defaultPool, setDefaultPool] = useState(pools[0]?.name ?? '');
  const [door, setDoor] = useState<Door>('http');
  const [files, setFiles] = useState({ cert: '', key: '' });
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const problems = splitIssues(failure, ['name', 'defaultPool', 'cert', 'key']);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const own = name.trim();
    const typed = address.trim();
    const named = own === '' ? {} : { name: own };
    const tls = tlsOf(door, files);
    const secured = tls === null ? {} : { tls };
    const result = await editConfig({
      kind: 'add-listener',
      address: typed,
      ...named,
      ...secured,
      defaultPool,
    });
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
        <SelectField label="Protocol" value={door} options={DOORS} hint={HINTS[door]} onChange={setDoor} />
        {door === 'files' && (
          <div className={form.row}>
            <TextField
              label="Certificate"
              isMono
              placeholder="./cert.pem"
              value={files.cert}
              onChange={(cert) => setFiles({ ...files, cert })}
              error={problems.fields.cert}
            />
            <TextField
              label="Key"
              isMono
              placeholder="./key.pem"
              value={files.key}
              onChange={(key) => setFiles({ ...files, key })}
              error={problems.fields.key}
            />
          </div>
        )}
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
