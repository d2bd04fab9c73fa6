import { ChevronDown, Plus } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../components/button.tsx';
import { HeaderInputs, nextId } from '../../components/header-inputs.tsx';
import select from '../../components/select-field.module.css';
import text from '../../components/text-field.module.css';
import styles from './route-dialog.module.css';
import type { HeaderRow } from './route-form.ts';
import type { RouteProblems } from './route-problems.ts';

const ACTIONS = [
  { value: 'requestHeaders set', label: 'Request: set' },
  { value: 'requestHeaders remove', label: 'Request: take off' },
  { value: 'responseHeaders set', label: 'Answer: set' },
  { value: 'responseHeaders remove', label: 'Answer: take off' },
] as const;

interface Props {
  readonly rows: readonly HeaderRow[];
  readonly problems: RouteProblems['headers'];
  onChange(rows: readonly HeaderRow[]): void;
}

/** What is changed in the headers on the way: a line each. */
export function HeaderRows({ rows, problems, onChange }: Props) {
  const add = () =>
    onChange([...rows, { id: nextId(rows), whose: 'requestHeaders', what: 'set', name: '', value: '' }]);
  return (
    <fieldset className={styles.headers}>
      <legend className={text.label}>Headers changed on the way</legend>
      {rows.map((row, index) => (
        <Row
          key={row.id}
          row={row}
          place={index + 1}
          problem={problems[row.id] ?? null}
          onChange={(next) => onChange(rows.map((one) => (one.id === row.id ? next : one)))}
          onRemove={() => onChange(rows.filter((one) => one.id !== row.id))}
        />
      ))}
      <Button look="quiet" className={styles.add} onClick={add}>
        <Plus size={14} aria-hidden="true" />
        Add a header
      </Button>
    </fieldset>
  );
}

interface RowProps {
  readonly row: HeaderRow;
  readonly place: number;
  readonly problem: string | null;
  onChange(row: HeaderRow): void;
  onRemove(): void;
}

function Row({ row, place, problem, onChange, onRemove }: RowProps) {
  const id = useId();
  return (
    <>
      <div className={styles.headerRow}>
        <span className={select.box}>
          <select
            className={`${text.input} ${select.select} ${styles.action}`}
            aria-label={`What is done with header ${place}`}
            value={`${row.whose} ${row.what}`}
            onChange={({ target }) => {
              const whose = target.value.startsWith('request') ? 'requestHeaders' : 'responseHeaders';
              onChange({ ...row, whose, what: target.value.endsWith('set') ? 'set' : 'remove' });
            }}
          >
            {ACTIONS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <ChevronDown size={14} className={select.arrow} aria-hidden="true" />
        </span>
        <HeaderInputs
          header={row}
          place={place}
          placeholders={{ name: 'X-Team', value: 'value' }}
          hasValue={row.what === 'set'}
          problemId={problem === null ? null : id}
          onChange={(change) => onChange({ ...row, ...change })}
          onRemove={onRemove}
        />
      </div>
      {problem !== null && (
        <p id={id} className={text.error} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
