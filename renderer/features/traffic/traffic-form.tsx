import { ChevronDown, ChevronRight, Square } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { TRAFFIC_METHODS } from '../../../shared/view/traffic.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSingle } from '../../components/use-single.ts';
import type { TrafficForm as Form } from '../../stores/app-state.ts';
import { useApp } from '../../stores/use-app.ts';
import { MoreFields } from './more-fields.tsx';
import styles from './traffic-form.module.css';
import {
  canHaveBody,
  FIELDS_OF,
  type FieldProblems,
  type LoadField,
  planOf,
  withoutPaths,
} from './traffic-plan.ts';
import type { TrafficTarget } from './traffic-target.ts';

const METHODS = TRAFFIC_METHODS.map((method) => ({ value: method, label: method }));
const LOADS = [
  { value: 'count', label: 'A number of requests' },
  { value: 'rate', label: 'A steady rate' },
  { value: 'concurrency', label: 'So many at a time' },
] as const;
const CLOSED =
  'The next request leaves when one is answered. For a stall to show in full, choose a steady rate.';
const NOTES = {
  count: CLOSED,
  concurrency: CLOSED,
  rate: 'Requests leave on schedule, however late the answers are; latency counts from when each was due.',
};
const LABELS: Readonly<Record<LoadField, string>> = {
  requests: 'Requests',
  concurrency: 'At a time',
  perSecond: 'Requests a second',
  seconds: 'For how many seconds',
};

interface Props {
  readonly pool: string;
  readonly target: TrafficTarget | null;
}

/** What to send, kept while the panel is closed. */
export function TrafficForm({ pool, target }: Props) {
  const form = useApp((state) => state.trafficForm);
  const isRunning = useApp((state) => state.traffic?.state === 'running');
  const change = useApp((state) => state.changeTraffic);
  const start = useApp((state) => state.startTraffic);
  const stop = useApp((state) => state.stopTraffic);
  const [problems, setProblems] = useState<FieldProblems>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isMoreOpen, setMoreOpen] = useState(false);

  const send = useSingle(async () => {
    if (isRunning || !target) return;
    const plan = planOf(form, target, pool);
    setProblems(plan.ok ? {} : plan.error);
    if (!plan.ok && Object.keys(plan.error).some((field) => / \d|headers|weight/.test(field)))
      setMoreOpen(true);
    setRefusal(plan.ok ? await start(plan.value) : null);
  });
  const write = (changed: Partial<Form>, field: string | null) => {
    setProblems(field === null ? withoutPaths(problems) : { ...problems, [field]: undefined });
    change(changed);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={sendFromTextArea}
    >
      <div className={styles.row}>
        <div className={styles.load}>
          <Segmented label="Load" value={form.kind} options={LOADS} onChange={(kind) => change({ kind })} />
        </div>
        {FIELDS_OF[form.kind].map((name) => (
          <div key={name} className={styles.number}>
            <TextField
              label={LABELS[name]}
              value={form[name]}
              onChange={(value) => write({ [name]: value }, name)}
              error={problems[name] ?? null}
              inputMode="numeric"
            />
          </div>
        ))}
        <div className={styles.method}>
          <SelectField
            label="Method"
            value={form.method}
            options={METHODS}
            onChange={(method) => change({ method })}
          />
        </div>
        <div className={styles.path}>
          <TextField
            label={target && target.prefix !== '' ? `Path below ${target.prefix}` : 'Path'}
            isMono
            value={form.path}
            onChange={(path) => write({ path }, 'path')}
            error={problems['path'] ?? null}
          />
        </div>
        <div className={styles.go}>
          {isRunning ? (
            <Button onClick={() => void stop()}>
              <Square size={11} fill="currentcolor" aria-hidden="true" />
              Stop
            </Button>
          ) : (
            <Button type="submit" disabled={!target}>
              Send
            </Button>
          )}
        </div>
      </div>
      <div className={styles.notes}>
        <Button
          look="quiet"
          className={styles.more}
          aria-expanded={isMoreOpen}
          onClick={() => setMoreOpen(!isMoreOpen)}
        >
          {isMoreOpen ? (
            <ChevronDown size={14} aria-hidden="true" />
          ) : (
            <ChevronRight size={14} aria-hidden="true" />
          )}
          {moreWords(form)}
        </Button>
        <p className={styles.note}>{NOTES[form.kind]}</p>
      </div>
      {isMoreOpen && (
        <MoreFields form={form} problems={problems} prefix={target?.prefix ?? ''} write={write} />
      )}
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
    </form>
  );
}

/** Enter is a new line there. */
function sendFromTextArea(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

/** What there is besides, so that nothing is sent unseen. */
function moreWords(form: Form): string {
  const headers = form.headers.split('\n').filter((line) => line.trim() !== '').length;
  const set = [
    headers > 0 ? `${headers} ${headers === 1 ? 'header' : 'headers'}` : '',
    form.body !== '' && canHaveBody(form) ? 'a body' : '',
    form.morePaths.length > 0 ? `${form.morePaths.length + 1} paths` : '',
  ].filter((words) => words !== '');
  return set.length === 0 ? 'Headers, body, more paths' : `With ${set.join(', ')}`;
}
