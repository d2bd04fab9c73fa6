import { X } from 'lucide-react';
import { Button } from './button.tsx';
import text from './text-field.module.css';

interface HeaderText {
  readonly name: string;
  readonly value: string;
}

interface Props {
  readonly header: HeaderText;
  /** From 1. */
  readonly place: number;
  readonly placeholders: HeaderText;
  /** Whether it has a value at all. */
  readonly hasValue?: boolean;
  /** The element that says what is wrong with it; null while nothing is. */
  readonly problemId?: string | null;
  onChange(change: Partial<HeaderText>): void;
  onRemove(): void;
}

/** The fields of one header in a list of them, and the way out of it; how they stand in a row is for that to say. */
export function HeaderInputs(props: Props) {
  const { header, place, placeholders, hasValue = true, problemId = null, onChange, onRemove } = props;
  return (
    <>
      <input
        className={`mono ${text.input}`}
        aria-label={`Name of header ${place}`}
        aria-invalid={problemId !== null}
        aria-describedby={problemId ?? undefined}
        placeholder={placeholders.name}
        value={header.name}
        spellCheck={false}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      {hasValue && (
        <input
          className={`mono ${text.input}`}
          aria-label={`Value of header ${place}`}
          placeholder={placeholders.value}
          value={header.value}
          spellCheck={false}
          onChange={({ target }) => onChange({ value: target.value })}
        />
      )}
      <Button look="icon" aria-label={`Remove header ${place}`} title="Remove" onClick={onRemove}>
        <X size={14} aria-hidden="true" />
      </Button>
    </>
  );
}

/** For one more row: an id that none of them has. */
export function nextId(rows: readonly { readonly id: number }[]): number {
  return Math.max(-1, ...rows.map(({ id }) => id)) + 1;
}
