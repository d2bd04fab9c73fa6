import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { Toggle } from '../../../components/toggle.tsx';
import styles from './fields.module.css';

interface InputProps {
  readonly label: string;
  /** What tells it from the others of its kind, for those who do not see where it stands. */
  readonly of?: string;
  /** As written; '' where nothing is. */
  readonly value: string;
  readonly error?: string | null;
  readonly hint?: string | undefined;
  readonly placeholder?: string;
  readonly isMono?: boolean;
  readonly width?: 'narrow';
  /** Empty is what its default stands for, so an emptied field is taken out, once one is done with it. */
  readonly isOptional?: boolean;
  /** @param value null takes it out */
  onChange(value: string | null): void;
}

/** A line of text that is written into the JSON as it is typed. */
export function InputField(props: InputProps) {
  const { label, of, value, error, hint, placeholder, isMono, width, isOptional, onChange } = props;
  const id = useId();
  // The JSON keeps what was there until it is clear that nothing else is coming: a comment behind it would go along.
  const [isEmptied, setEmptied] = useState(false);
  const note = error ?? hint;
  return (
    <div className={styles.field} data-width={width}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {of && <span className={styles.spoken}> of {of}</span>}
      </label>
      <input
        id={id}
        className={`${styles.input} ${isMono ? 'mono' : ''}`}
        value={isEmptied ? '' : value}
        placeholder={placeholder}
        aria-invalid={Boolean(error)}
        aria-describedby={note ? `${id}-note` : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          const typed = event.target.value;
          const isGone = typed === '' && isOptional === true;
          setEmptied(isGone);
          if (!isGone) onChange(typed);
        }}
        onBlur={() => {
          if (!isEmptied) return;
          setEmptied(false);
          onChange(null);
        }}
      />
      <Note id={`${id}-note`} error={error} hint={hint} />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly of?: string;
  readonly value: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly error?: string | null;
  readonly hint?: string | undefined;
  onChange(value: NoInfer<T>): void;
}

/** One of a list. What is written and is none of them is shown as it is written. */
export function ChoiceField<T extends string>(props: ChoiceProps<T>) {
  const { label, of, value, options, error, hint, onChange } = props;
  const id = useId();
  const note = error ?? hint;
  const isKnown = options.some((one) => one.value === value);
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {of && <span className={styles.spoken}> of {of}</span>}
      </label>
      <span className={styles.select}>
        <select
          id={id}
          className={styles.input}
          value={value}
          aria-invalid={Boolean(error)}
          aria-describedby={note ? `${id}-note` : undefined}
          onChange={(event) => {
            const chosen = options.find((one) => one.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {!isKnown && <option value={value}>{value === '' ? 'Choose one' : `${value} (not known)`}</option>}
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
        <ChevronDown size={14} aria-hidden="true" />
      </span>
      <Note id={`${id}-note`} error={error} hint={hint} />
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly of?: string;
  readonly line?: string;
  readonly isOn: boolean;
  readonly error?: string | null;
  onChange(isOn: boolean): void;
}

export function SwitchField({ label, of, line, isOn, error, onChange }: SwitchProps) {
  return (
    <div className={styles.switch}>
      <span className={styles.switchWords} aria-hidden="true">
        {label}
        {line && <span className={styles.hint}>{line}</span>}
      </span>
      <Toggle label={of ? `${label} of ${of}` : label} isOn={isOn} onChange={onChange} />
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface NoteProps {
  readonly id: string;
  readonly error?: string | null | undefined;
  readonly hint?: string | undefined;
}

function Note({ id, error, hint }: NoteProps) {
  const note = error ?? hint;
  if (!note) return null;
  return (
    <p id={id} className={error ? styles.error : styles.hint} role={error ? 'alert' : undefined}>
      {note}
    </p>
  );
}
