import { Square, X } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './traffic-panel.module.css';
import { type FieldProblems, planOf, type TrafficField } from './traffic-plan.ts';
import { TrafficResult } from './traffic-result.tsx';
import { targetOf } from './traffic-target.ts';

const METHODS = [
  { value: 'GET', label: 'GET' },
  { value: 'HEAD', label: 'HEAD' },
  { value: 'POST', label: 'POST' },
] as const;
const LOADS = [
  { value: 'count', label: 'A number of requests' },
  { value: 'rate', label: 'A steady rate' },
  { value: 'concurrency', label: 'So many at a time' },
] as const;
const FIELDS = {
  count: [
    { name: 'requests', label: 'Requests' },
    { name: 'concurrency', label: 'At a time' },
  ],
  rate: [
    { name: 'perSecond', label: 'Requests a second' },
    { name: 'seconds', label: 'For how many seconds' },
  ],
  concurrency: [
    { name: 'concurrency', label: 'At a time' },
    { name: 'seconds', label: 'For how many seconds' },
  ],
} as const;

/** Sends real requests to the pool's listener, above the lanes they run along, and shows what came back. */
export function TrafficPanel({ pool }: { readonly pool: PoolSnapshot }) {
  const listeners = useApp((state) => state.snapshot?.listeners);
  const target = targetOf(pool.name, listeners ?? []);
  const traffic = useApp((state) => state.traffic);
  const form = useApp((state) => state.trafficForm);
  const change = useApp((state) => state.changeTraffic);
  const start = useApp((state) => state.startTraffic);
  const stop = useApp((state) => state.stopTraffic);
  const setOpen = useApp((state) => state.setTrafficOpen);
  const [problems, setProblems] = useState<FieldProblems>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const panel = useRef<HTMLElement>(null);
  const isRunning = traffic?.state === 'running';
  useEscape(() => setOpen(false));
  useEffect(() => {
    panel.current?.querySelector('input')?.focus({ preventScroll: true });
    panel.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (isRunning || !target) return;
    const plan = planOf(form, target, pool.name);
    setProblems(plan.ok ? {} : plan.error);
    setRefusal(plan.ok ? await start(plan.value) : null);
  };
  const write = (name: TrafficField) => (value: string) => {
    setProblems({ ...problems, [name]: undefined });
    change({ [name]: value });
  };
  return (
    <section ref={panel} className={styles.panel} aria-labelledby="send-traffic">
      <header className={styles.head}>
        <h2 className={styles.title} id="send-traffic">
          Send traffic
        </h2>
        <p className={styles.lead}>
          {target ? (
            <>
              Real requests to <span className="mono">{target.url}</span>
            </>
          ) : (
            'No listener and no route leads to this pool yet, so nothing can be sent to it'
          )}
        </p>
        <Button look="icon" aria-label="Close" title="Close (Esc)" onClick={() => setOpen(false)}>
          <X size={15} aria-hidden="true" />
        </Button>
      </header>
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        <div className={styles.load}>
          <Segmented label="Load" value={form.kind} options={LOADS} onChange={(kind) => change({ kind })} />
        </div>
        {FIELDS[form.kind].map(({ name, label }) => (
          <div key={name} className={styles.number}>
            <TextField
              label={label}
              value={form[name]}
              onChange={write(name)}
              error={problems[name] ?? null}
              inputMode="numeric"
            />
          </div>
        ))}
        <div className={styles.load}>
          <Segmented
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
            onChange={write('path')}
            error={problems.path ?? null}
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
      </form>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      {traffic && <TrafficResult traffic={traffic} pool={pool} />}
    </section>
  );
}

/** Escape closes it wherever the focus is, unless something on top of it takes the key. */
function useEscape(onEscape: () => void): void {
  const handler = useRef(onEscape);
  handler.current = onEscape;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isCovered = document.querySelector('[role=dialog], [role=menu]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !isCovered) handler.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
