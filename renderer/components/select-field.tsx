import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import styles from './select-field.module.css';
import field from './text-field.module.css';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<NoInfer<T>>[];
  readonly hint?: string | undefined;
  /** What is wrong with the value, in a sentence. */
  readonly error?: string | null;
  onChange(value: NoInfer<T>): void;
}

/** One of a list that may be long. */
export function SelectField<T extends string>({ label, value, options, hint, error, onChange }: Props<T>) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      <span className={styles.box}>
        <select
          id={id}
          className={`${field.input} ${styles.select}`}
          value={value}
          aria-invalid={Boolean(error)}
          aria-describedby={note ? `${id}-note` : undefined}
          onChange={(event) => {
            const chosen = options.find((one) => one.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
        <ChevronDown size={14} className={styles.arrow} aria-hidden="true" />
      </span>
      {note && (
        <p id={`${id}-note`} className={error ? field.error : field.hint} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}
