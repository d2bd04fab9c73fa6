import { useId } from 'react';
import styles from './text-area.module.css';
import field from './text-field.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly placeholder?: string;
  readonly hint?: string;
  /** What is wrong with the value, in a sentence. */
  readonly error?: string | null;
  onChange(value: string): void;
}

/** Several lines, in the font of addresses and code. */
export function TextArea({ label, hint, error, onChange, ...rest }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        className={`mono ${field.input} ${styles.area}`}
        aria-invalid={Boolean(error)}
        aria-describedby={note ? `${id}-note` : undefined}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {note && (
        <p id={`${id}-note`} className={error ? field.error : field.hint} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}
