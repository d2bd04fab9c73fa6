import { Plus } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../components/button.tsx';
import { Fold } from '../../components/fold.tsx';
import form from '../../components/form.module.css';
import { HeaderInputs, nextId } from '../../components/header-inputs.tsx';
import text from '../../components/text-field.module.css';
import { DraftField } from './draft-field.tsx';
import { type FaultDraft, MATCH_FIELDS, WHEN_FIELDS } from './fault-fields.ts';
import styles from './faults.module.css';

interface Props {
  readonly draft: FaultDraft;
  onChange(change: Partial<FaultDraft>): void;
}

/** The part of the form that most faults do without: how often, for how long, and for which requests alone. */
export function WhichRequests({ draft, onChange }: Props) {
  const { headers } = draft;
  const id = useId();
  const add = () => onChange({ headers: [...headers, { id: nextId(headers), name: '', value: '' }] });
  return (
    <Fold title="Which requests">
      <div className={styles.which}>
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
            <div key={row.id} className={styles.header}>
              <HeaderInputs
                header={row}
                place={index + 1}
                placeholders={{ name: 'X-User', value: 'anna' }}
                onChange={(change) =>
                  onChange({
                    headers: headers.map((one) => (one.id === row.id ? { ...one, ...change } : one)),
                  })
                }
                onRemove={() => onChange({ headers: headers.filter((one) => one.id !== row.id) })}
              />
            </div>
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
      </div>
    </Fold>
  );
}
