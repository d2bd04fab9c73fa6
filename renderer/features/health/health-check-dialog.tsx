import { useState } from 'react';
import { healthCheckSchema } from '../../../shared/config/health-check-schema.ts';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDialogEdit } from '../../components/use-dialog-edit.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { checkOf } from '../../stores/written-pool.ts';
import { splitIssues } from '../pool/split-issues.ts';
import { filled, formOf, type HealthCheckForm, placeholdersOver, writtenOf } from './health-check-form.ts';
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

const DEFAULTS = healthCheckSchema.parse({});

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

/** How the backends of the pool are checked, or one of them on its own, and what such a check gets right now. */
export function HealthCheckDialog({ backend }: { readonly backend: string | null }) {
  const pool = useApp(selectPool);
  return pool && <Dialog pool={pool} backend={backend} />;
}

function Dialog({ pool, backend }: { readonly pool: PoolSnapshot; readonly backend: string | null }) {
  const text = useApp((state) => state.config.text);
  // A server's check stands over its pool's, and a pool's over the defaults.
  const base = backend === null ? DEFAULTS : pool.healthCheck;
  const [check, setCheck] = useState(() =>
    formOf(backend === null ? pool.healthCheck : checkOf(text, pool, backend), base),
  );
  const placeholders = placeholdersOver(base);
  const change = (part: Partial<HealthCheckForm>) => setCheck({ ...check, ...part });
  const healthCheck = writtenOf(check, base);
  const { failure, save, close } = useDialogEdit(() =>
    backend === null
      ? { kind: 'set-health-check', pool: pool.name, healthCheck }
      : { kind: 'set-server-health-check', pool: pool.name, backend, healthCheck },
  );
  const errors = splitIssues(failure, FIELDS);
  const field = (key: CheckField, label: string, hint?: string) => (
    <TextField
      label={label}
      isMono
      value={check[key]}
      onChange={(value) => change({ [key]: value })}
      error={errors.fields[key]}
      placeholder={placeholders[key]}
      {...(hint ? { hint } : {})}
    />
  );
  return (
    <Modal
      title={backend === null ? 'Health checks' : `Health checks of ${backend}`}
      lead={
        backend === null
          ? `Of the backends in pool ${pool.name}.`
          : `For this backend alone. An empty field is as in pool ${pool.name}, whose value is shown in it.`
      }
      isWide
      onClose={close}
    >
      <form className={form.form} onSubmit={save}>
        <span className={form.row}>
          <Segmented
            label="Kind of check"
            value={check.type}
            options={TYPES}
            onChange={(type) => change({ type })}
          />
        </span>
        <p>{LINES[check.type]}</p>
        {check.type === 'http' && (
          <HttpFields check={check} errors={errors.fields} placeholders={placeholders} onChange={change} />
        )}
        {check.type === 'grpc' && field('service', 'Service')}
        {check.type !== 'off' && (
          <>
            <TryOut
              pool={pool.name}
              backends={backend === null ? pool.backends.map(({ name }) => name) : [backend]}
              healthCheck={writtenOf(filled(check, base))}
              onSuggestion={(path) => change({ path })}
            />
            <div className={form.row}>
              {field('interval', 'Interval', 'Between two probes')}
              {field('downInterval', 'While down')}
              {field('timeout', 'Timeout')}
            </div>
            <div className={form.row}>
              {field('rise', 'Rise', 'Passes to be up')}
              {field('fall', 'Fall', 'Failures to be down')}
              {field('jitter', 'Jitter')}
              {field('startDelay', 'Start delay')}
            </div>
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
