import { healthCheckSchema } from '../../../../shared/config/health-check-schema.ts';
import { Button } from '../../../components/button.tsx';
import { fieldsOf } from '../../../stores/written-pool.ts';
import { clearAt, setAt } from './draft-edits.ts';
import { ChoiceField, InputField } from './fields.tsx';
import styles from './form.module.css';
import { useForm } from './form-context.ts';
import { errorAt, errorExactlyAt, type FormPart, numberOrText, textOf } from './read-draft.ts';

const TYPES = [
  { value: 'http', label: 'HTTP request' },
  { value: 'tcp', label: 'TCP connection' },
  { value: 'grpc', label: 'gRPC' },
  { value: 'off', label: 'Off' },
] as const;

const DEFAULTS = healthCheckSchema.parse({});

/** How the backends are checked; the simple form has room for the interval alone. */
export function CheckFields({ pool, isFull }: { readonly pool: FormPart; readonly isFull: boolean }) {
  const { issues, edit, jumpTo } = useForm();
  const { path, written } = pool;
  const check = isFull ? fieldsOf(written['healthCheck']) : {};
  const base = [...path, 'healthCheck'];
  const of = isFull ? `the health check of pool ${pool.name}` : 'the health check';
  const type = textOf(check['type'] ?? DEFAULTS.type);
  const field = (key: string, label: string, placeholder: string) => (
    <InputField
      label={label}
      of={of}
      isOptional
      isMono={key === 'path'}
      value={textOf(check[key])}
      placeholder={placeholder}
      error={errorAt(issues, [...base, key])}
      onChange={(value) =>
        edit(
          value === null
            ? clearAt([...base, key], base)
            : setAt([...base, key], key === 'rise' || key === 'fall' ? numberOrText(value) : value),
        )
      }
    />
  );
  if (!isFull) {
    const at = [...path, 'healthCheckInterval'];
    return (
      <InputField
        label="Health checks every"
        isOptional
        value={textOf(written['healthCheckInterval'])}
        placeholder="2s"
        hint="A HEAD to each backend"
        error={errorAt(issues, at)}
        onChange={(value) => edit(value === null ? clearAt(at) : setAt(at, value))}
      />
    );
  }
  const isOn = type !== 'off';
  return (
    <div className={styles.group}>
      <div className={styles.row}>
        <ChoiceField
          label="Health check"
          of={`pool ${pool.name}`}
          value={type}
          options={TYPES}
          error={errorExactlyAt(issues, base) ?? errorAt(issues, [...base, 'type'])}
          onChange={(value) => edit(setAt([...base, 'type'], value))}
        />
        {isOn && field('interval', 'Every', '2s')}
        {isOn && field('timeout', 'Timeout', '2s')}
      </div>
      {type === 'http' && (
        <div className={styles.row}>
          {field('path', 'Path', DEFAULTS.path)}
          {field('rise', 'Passes to be up', `${DEFAULTS.rise}`)}
          {field('fall', 'Fails to be down', `${DEFAULTS.fall}`)}
        </div>
      )}
      {isOn && (
        <Button look="quiet" className={styles.more ?? ''} onClick={() => jumpTo(base)}>
          Method, expected status, headers and more in the JSON
        </Button>
      )}
    </div>
  );
}
