import form from '../../components/form.module.css';
import { SelectField } from '../../components/select-field.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { CheckField } from './health-check-dialog.tsx';
import type { HealthCheckForm } from './health-check-form.ts';

const METHODS = (['HEAD', 'GET', 'OPTIONS', 'POST'] as const).map((value) => ({ value, label: value }));
const REDIRECTS = [
  { value: 'no', label: 'count as an answer' },
  { value: 'yes', label: 'are followed' },
] as const;

interface Props {
  readonly check: HealthCheckForm;
  readonly errors: Readonly<Record<CheckField, string | null>>;
  readonly placeholders: Readonly<Record<'path' | 'expectedStatus' | 'bodyContains' | 'headers', string>>;
  onChange(part: Partial<HealthCheckForm>): void;
}

/** The request of a probe, and which answer is a good one. */
export function HttpFields({ check, errors, placeholders, onChange }: Props) {
  return (
    <>
      <div className={form.row}>
        <SelectField
          label="Method"
          value={check.method}
          options={METHODS}
          onChange={(method) => onChange({ method })}
        />
        <TextField
          label="Path"
          isMono
          value={check.path}
          placeholder={placeholders.path}
          error={errors.path}
          onChange={(path) => onChange({ path })}
        />
        <SelectField
          label="Redirects"
          value={check.followRedirects ? 'yes' : 'no'}
          options={REDIRECTS}
          onChange={(value) => onChange({ followRedirects: value === 'yes' })}
        />
      </div>
      <div className={form.row}>
        <TextField
          label="Expected status"
          isMono
          value={check.expectedStatus}
          placeholder={placeholders.expectedStatus}
          error={errors.expectedStatus}
          hint="200, 204 or 200-299"
          onChange={(expectedStatus) => onChange({ expectedStatus })}
        />
        <TextField
          label="Body contains"
          value={check.bodyContains}
          placeholder={placeholders.bodyContains}
          error={errors.bodyContains}
          hint="Needs a method other than HEAD"
          onChange={(bodyContains) => onChange({ bodyContains })}
        />
      </div>
      <TextArea
        label="Headers"
        rows={2}
        value={check.headers}
        placeholder={placeholders.headers}
        error={errors.headers}
        onChange={(headers) => onChange({ headers })}
      />
    </>
  );
}
