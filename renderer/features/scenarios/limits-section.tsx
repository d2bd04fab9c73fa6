import { Fold } from '../../components/fold.tsx';
import { TextField } from '../../components/text-field.tsx';
import { LIMIT_FIELDS, LIMIT_NAMES, type TypedLimits } from './limit-fields.ts';
import styles from './scenarios.module.css';

interface Props {
  readonly typed: TypedLimits;
  readonly errors: Readonly<Record<string, string | null>>;
  onChange(typed: TypedLimits): void;
}

/** What a run may come to. */
export function LimitsSection({ typed, errors, onChange }: Props) {
  const isUsed = LIMIT_NAMES.some((name) => (typed[name] ?? '') !== '' || (errors[name] ?? null) !== null);
  return (
    <Fold title="Limits: a run passes when it keeps within them" isOpen={isUsed}>
      <div className={styles.fields}>
        {LIMIT_FIELDS.map(({ name, label, placeholder, hint }) => (
          <TextField
            key={name}
            label={label}
            isMono
            value={typed[name] ?? ''}
            placeholder={placeholder}
            hint={hint}
            error={errors[name] ?? null}
            onChange={(value) => onChange({ ...typed, [name]: value })}
          />
        ))}
      </div>
    </Fold>
  );
}
