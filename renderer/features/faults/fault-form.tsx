import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Segmented } from '../../components/segmented.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { DraftField } from './draft-field.tsx';
import { EMPTY_DRAFT, FAULT_KINDS, type FaultDraft, faultLine } from './fault-fields.ts';
import { faultWords } from './fault-words.ts';
import styles from './faults.module.css';
import { WhichRequests } from './which-requests.tsx';

const AFFECTS = [
  { value: 'both', label: 'Traffic and checks' },
  { value: 'traffic', label: 'Traffic' },
  { value: 'checks', label: 'Checks' },
] as const;

interface Props {
  /** Why the last one was refused. */
  readonly error: string | null;
  /** @returns whether it was taken */
  onAdd(line: string): Promise<boolean>;
  /** Something else is typed from here on. */
  onType(): void;
  onClose(): void;
}

/** A fault of one's own: what it does, to whom, and that in words. */
export function FaultForm({ error, onAdd, onType, onClose }: Props) {
  const [type, setType] = useState(FAULT_KINDS[0]?.type ?? 'crash');
  const [draft, setDraft] = useState<FaultDraft>(EMPTY_DRAFT);
  const kind = FAULT_KINDS.find((one) => one.type === type);
  if (!kind) return null;
  const change = (part: Partial<FaultDraft>) => {
    setDraft({ ...draft, ...part });
    onType();
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (await onAdd(faultLine(kind, draft))) setDraft({ ...EMPTY_DRAFT, affects: draft.affects });
  };
  return (
    <form className={form.form} onSubmit={(event) => void add(event)}>
      <SelectField
        label="Kind of fault"
        value={type}
        options={FAULT_KINDS.map((one) => ({ value: one.type, label: one.title }))}
        hint={kind.line}
        onChange={(value) => {
          setType(value);
          change({ typed: {} });
        }}
      />
      {kind.fields.length > 0 && (
        <div className={styles.fields}>
          {kind.fields.map((field) => (
            <DraftField key={field.name} field={field} draft={draft} onChange={change} />
          ))}
        </div>
      )}
      <span className={form.row}>
        <Segmented
          label="Whom it hits"
          value={draft.affects}
          options={AFFECTS}
          onChange={(affects) => change({ affects })}
        />
      </span>
      <WhichRequests draft={draft} onChange={change} />
      <div className={`${form.actions} ${styles.foot}`}>
        {error === null ? (
          <p className={styles.words} aria-live="polite">
            {faultWords(kind, draft)}
          </p>
        ) : (
          <p role="alert" className={styles.error}>
            {error}
          </p>
        )}
        <Button onClick={onClose}>Done</Button>
        <Button look="accent" type="submit">
          Add the fault
        </Button>
      </div>
    </form>
  );
}
