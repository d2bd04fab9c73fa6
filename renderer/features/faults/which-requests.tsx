import { ChevronRight, Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import text from '../../components/text-field.module.css';
import { DraftField } from './draft-field.tsx';
import { type FaultDraft, type HeaderMatch, MATCH_FIELDS, WHEN_FIELDS } from './fault-fields.ts';
import styles from './faults.module.css';

interface Props {
  readonly draft: FaultDraft;
  onChange(change: Partial<FaultDraft>): void;
}

/** The part of the form that most faults do without: how often, for how long, and for which requests alone. */
export function WhichRequests({ draft, onChange }: Props) {
  const { headers } = draft;
  const id = useId();
  const add = () => {
    const next = Math.max(-1, ...headers.map((row) => row.id)) + 1;
    onChange({ headers: [...headers, { id: next, name: '', value: '' }] });
  };
  return (
    <details className={styles.which}>
      <summary className={styles.summary}>
        <ChevronRight size={14} className={styles.arrow} aria-hidden="true" />
        Which requests
      </summary>
      <div className={form.row}>
        {MATCH_FIELDS.map((field) => (
          <DraftField key={field.name} field={field} draft={draft} onChange={onChange} />
        ))}
      </div>
      <fieldset className={styles.headers} aria-labelledby={id}>
        <span className={text.label} id={id}>
          Headers they carry
        </span>
        {headers.map((row, index) => (
          <HeaderRow
            key={row.id}
            row={row}
            place={index + 1}
            onChange={(next) => onChange({ headers: headers.map((one) => (one.id === row.id ? next : one)) })}
            onRemove={() => onChange({ headers: headers.filter((one) => one.id !== row.id) })}
          />
        ))}
        <Button look="quiet" className={styles.add} onClick={add}>
          <Plus size={14} aria-hidden="true" />
          Add a header
        </Button>
      </fieldset>
      <div className={form.row}>
        {WHEN_FIELDS.map((field) => (
          <DraftField key={field.name} field={field} draft={draft} onChange={onChange} />
        ))}
      </div>
    </details>
  );
}

interface RowProps {
  readonly row: HeaderMatch;
  readonly place: number;
  onChange(row: HeaderMatch): void;
  onRemove(): void;
}

function HeaderRow({ row, place, onChange, onRemove }: RowProps) {
  return (
    <div className={styles.header}>
      <input
        className={`mono ${text.input}`}
        aria-label={`Name of header ${place}`}
        placeholder="X-User"
        value={row.name}
        spellCheck={false}
        onChange={({ target }) => onChange({ ...row, name: target.value })}
      />
      <input
        className={`mono ${text.input}`}
        aria-label={`Value of header ${place}`}
        placeholder="anna"
        value={row.value}
        spellCheck={false}
        onChange={({ target }) => onChange({ ...row, value: target.value })}
      />
      <Button look="icon" aria-label={`Remove header ${place}`} title="Remove" onClick={onRemove}>
        <X size={14} aria-hidden="true" />
      </Button>
    </div>
  );
}
