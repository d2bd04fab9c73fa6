import { type InputHTMLAttributes, useId } from 'react';
import field from '../../components/text-field.module.css';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  /** Spoken, not drawn: for rows under one title. */
  readonly label: string;
  readonly error: string | null;
  readonly isMono?: boolean;
  onChange(value: string): void;
}

export function BareField({ label, error, isMono, onChange, ...rest }: Props) {
  const id = useId();
  return (
    <div className={field.field}>
      <input
        {...rest}
        className={`${field.input} ${isMono ? 'mono' : ''}`}
        aria-label={label}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : id}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== null && (
        <p id={id} className={field.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
