import { type InputHTMLAttributes, useId } from 'react';
import styles from './text-field.module.css';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with the value, in a sentence. */
  readonly error?: string | null;
  readonly isMono?: boolean;
  onChange(value: string): void;
}

export function TextField({ label, hint, error, isMono, onChange, ...rest }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={`${styles.input} ${isMono ? 'mono' : ''}`}
        aria-invalid={Boolean(error)}
        aria-describedby={note ? `${id}-note` : undefined}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {note && (
        <p
          id={`${id}-note`}
          className={error ? styles.error : styles.hint}
          role={error ? 'alert' : undefined}
        >
          {note}
        </p>
      )}
    </div>
  );
}
