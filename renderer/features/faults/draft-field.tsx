import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { FaultDraft, FaultField } from './fault-fields.ts';

interface Props {
  readonly field: FaultField;
  readonly draft: FaultDraft;
  onChange(change: Partial<FaultDraft>): void;
}

/** One parameter of the fault that is typed. */
export function DraftField({ field, draft, onChange }: Props) {
  const { name, label, placeholder, hint, choices } = field;
  const value = draft.typed[name] ?? '';
  const type = (next: string) => onChange({ typed: { ...draft.typed, [name]: next } });
  if (choices) return <SelectField label={label} value={value} options={choices} onChange={type} />;
  return (
    <TextField
      label={label}
      isMono
      value={value}
      onChange={type}
      placeholder={placeholder}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}
