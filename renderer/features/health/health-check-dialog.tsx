import { type FormEvent, useState } from 'react';
import type { ConfigFailure } from '../../../shared/contract.ts';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/text-field.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { splitIssues } from '../pool/split-issues.ts';
import { formOf, type HealthCheckForm, writtenOf } from './health-check-form.ts';
import { HttpFields } from './http-fields.tsx';
import { TryOut } from './try-out.tsx';

const TYPES = [
  { value: 'http', label: 'HTTP request' },
  { value: 'tcp', label: 'TCP connection' },
  { value: 'grpc', label: 'gRPC' },
  { value: 'off', label: 'Off' },
] as const;

const LINES = {
  http: 'A request goes to each backend, and its answer decides.',
  tcp: 'A backend that takes a connection is up; with https://, after the TLS handshake.',
  grpc: 'Asks grpc.health.v1.Health over HTTP/2; SERVING is up.',
  off: 'Nothing is asked. Backends are used whatever happens to them.',
} as const;

const FIELDS = [
  'path',
  'expectedStatus',
  'bodyContains',
  'headers',
  'service',
  'interval',
  'downInterval',
  'timeout',
  'rise',
  'fall',
  'jitter',
  'startDelay',
] as const;
export type CheckField = (typeof FIELDS)[number];

/** How the backends of the pool are checked, and what such a check gets right now. */
export function HealthCheckDialog() {
  const pool = useApp(selectPool);
  return pool && <Dialog pool={pool} />;
}

function Dialog({ pool }: { readonly pool: PoolSnapshot }) {
  const editConfig = useApp((state) => state.editConfig);
  const close = useApp((state) => state.closeDialog);
  const [check, setCheck] = useState(() => formOf(pool.healthCheck));
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const errors = splitIssues(failure, FIELDS);
  const change = (part: Partial<HealthCheckForm>) => setCheck({ ...check, ...part });
  const healthCheck = writtenOf(check);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const result = await editConfig({ kind: 'set-health-check', pool: pool.name, healthCheck });
    if (result.ok) close();
    else setFailure(result.error);
  };
  const field = (key: CheckField, label: string, placeholder: string, hint?: string) => (
    <TextField
      label={label}
      isMono
      value={check[key]}
      onChange={(value) => change({ [key]: value })}
      error={errors.fields[key]}
      placeholder={placeholder}
      {...(hint ? { hint } : {})}
    />
  );
  return (
    <Modal title="Health checks" lead={`Of the backends in pool ${pool.name}.`} isWide onClose={close}>
      <form className={form.form} onSubmit={(event) => void save(event)}>
        <span className={form.row}>
          <Segmented
            label="Kind of check"
            value={check.type}
            options={TYPES}
            onChange={(type) => change({ type })}
          />
        </span>
        <p>{LINES[check.type]}</p>
        {check.type === 'http' && <HttpFields check={check} errors={errors.fields} onChange={change} />}
        {check.type === 'grpc' && field('service', 'Service', 'the server as a whole')}
        {check.type !== 'off' && (
          <>
            <div className={form.row}>
              {field('interval', 'Interval', '2s', 'Between two probes')}
              {field('downInterval', 'While down', 'the same')}
              {field('timeout', 'Timeout', '1s')}
            </div>
            <div className={form.row}>
              {field('rise', 'Rise', '1', 'Passes to be up')}
              {field('fall', 'Fall', '1', 'Failures to be down')}
              {field('jitter', 'Jitter', 'none')}
              {field('startDelay', 'Start delay', 'none')}
            </div>
            <TryOut pool={pool} healthCheck={healthCheck} />
          </>
        )}
        {errors.rest && <p role="alert">{errors.rest}</p>}
        <div className={form.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
