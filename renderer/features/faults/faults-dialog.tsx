import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { FAULT_PRESETS } from '../../../shared/fault-presets.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import {
  FAULT_KINDS,
  type FaultField,
  faultLine,
  MATCH_FIELDS,
  type Typed,
  WHEN_FIELDS,
} from './fault-fields.ts';
import styles from './faults.module.css';

const AFFECTS = [
  { value: 'both', label: 'Traffic and checks' },
  { value: 'traffic', label: 'Traffic' },
  { value: 'checks', label: 'Checks' },
] as const;

/** What is simulated to be wrong with a backend: what there is, presets, and one of your own. */
export function FaultsDialog({ backend }: { readonly backend: string }) {
  const pool = useApp(selectPool);
  const found = pool?.backends.find(({ name }) => name === backend);
  return pool && found ? <Dialog pool={pool} backend={found} /> : null;
}

function Dialog({ pool, backend }: { readonly pool: PoolSnapshot; readonly backend: BackendSnapshot }) {
  const close = useApp((state) => state.closeDialog);
  const setFaults = useApp((state) => state.setFaults);
  const [type, setType] = useState(FAULT_KINDS[0]?.type ?? 'crash');
  const [typed, setTyped] = useState<Typed>({});
  const [affects, setAffects] = useState<(typeof AFFECTS)[number]['value']>('both');
  const [error, setError] = useState<string | null>(null);
  const kind = FAULT_KINDS.find((one) => one.type === type);
  const now = backend.faults.map(({ text }) => text);
  const set = async (faults: readonly string[]) => {
    const problem = await setFaults(pool.name, backend.name, faults);
    setError(problem);
    return problem === null;
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (kind && (await set([...now, faultLine(kind, typed, affects)]))) setTyped({});
  };
  const field = ({ name, label, placeholder, hint }: FaultField) => (
    <TextField
      key={name}
      label={label}
      isMono
      value={typed[name] ?? ''}
      onChange={(value) => setTyped({ ...typed, [name]: value })}
      placeholder={placeholder}
      {...(hint === undefined ? {} : { hint })}
    />
  );
  return (
    <Modal
      title={`Faults of ${backend.name}`}
      lead="Simulated: the backend misbehaves, and the balancer has to find out, as in production."
      isWide
      onClose={close}
    >
      <Active backend={backend} onRemove={(index) => void set(now.filter((_, at) => at !== index))} />
      <fieldset className={styles.presets}>
        <legend className={styles.legend}>Presets, in place of what there is</legend>
        {FAULT_PRESETS.map(({ title, line, faults }) => (
          <Button key={title} title={line} onClick={() => void set([...faults])}>
            {title}
          </Button>
        ))}
      </fieldset>
      <form className={form.form} onSubmit={(event) => void add(event)}>
        <SelectField
          label="Kind of fault"
          value={type}
          options={FAULT_KINDS.map((one) => ({ value: one.type, label: one.title }))}
          hint={kind?.line}
          onChange={(value) => {
            setType(value);
            setTyped({});
            setError(null);
          }}
        />
        {kind && kind.fields.length > 0 && <div className={form.row}>{kind.fields.map(field)}</div>}
        <div className={form.row}>{WHEN_FIELDS.map(field)}</div>
        <div className={form.row}>{MATCH_FIELDS.map(field)}</div>
        <span className={form.row}>
          <Segmented label="Whom it hits" value={affects} options={AFFECTS} onChange={setAffects} />
        </span>
        {error !== null && (
          <p role="alert" className={styles.error}>
            {error}
          </p>
        )}
        <div className={form.actions}>
          <Button onClick={close}>Done</Button>
          <Button look="accent" type="submit">
            Add the fault
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Active({
  backend,
  onRemove,
}: {
  readonly backend: BackendSnapshot;
  readonly onRemove: (index: number) => void;
}) {
  if (backend.faults.length === 0) return <p className={styles.none}>Nothing is simulated at it.</p>;
  return (
    <ul className={styles.active} aria-label="Active faults">
      {backend.faults.map(({ text, requestsHit, probesHit, isSpent }, index) => (
        // Two may read the same, and each is its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: a row holds no state of its own
        <li key={index} className={styles.fault}>
          <span className={`mono ${styles.text}`}>{text}</span>
          <span className={styles.hits}>
            {formatCount(requestsHit)} requests and {formatCount(probesHit)} probes hit{isSpent && ', over'}
          </span>
          <Button look="icon" aria-label={`Remove ${text}`} onClick={() => onRemove(index)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
