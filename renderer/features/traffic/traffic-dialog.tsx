import { type FormEvent, useState } from 'react';
import type { TrafficPlan } from '../../../shared/traffic.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/text-field.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { TrafficResult } from './traffic-result.tsx';

const LOADS = [
  { value: 'count', label: 'A number of requests' },
  { value: 'rate', label: 'A steady rate' },
] as const;

/** Sends real requests to the pool's listener, and shows what came back. */
export function TrafficDialog() {
  const pool = useApp(selectPool);
  const listener = useApp((state) => state.snapshot?.listeners.find((one) => one.defaultPool === pool?.name));
  const traffic = useApp((state) => state.traffic);
  const start = useApp((state) => state.startTraffic);
  const stop = useApp((state) => state.stopTraffic);
  const close = useApp((state) => state.closeDialog);
  const [kind, setKind] = useState<'count' | 'rate'>('count');
  const [requests, setRequests] = useState('300');
  const [concurrency, setConcurrency] = useState('10');
  const [perSecond, setPerSecond] = useState('50');
  const [seconds, setSeconds] = useState('30');
  const [path, setPath] = useState('/');
  const [error, setError] = useState<string | null>(null);
  const isRunning = traffic?.isRunning ?? false;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const load: TrafficPlan['load'] =
      kind === 'count'
        ? { kind, requests: Number(requests), concurrency: Number(concurrency) }
        : { kind, perSecond: Number(perSecond), durationMs: Number(seconds) * 1_000 };
    setError(await start({ listener: listener?.name ?? '', method: 'GET', path, load }));
  };
  return (
    <Modal title="Send traffic" lead={`Real requests to ${listener?.url ?? 'the listener'}.`} onClose={close}>
      <form className={form.form} onSubmit={(event) => void send(event)}>
        <Segmented label="Load" value={kind} options={LOADS} onChange={setKind} />
        <div className={form.row}>
          {kind === 'count' ? (
            <>
              <TextField label="Requests" value={requests} onChange={setRequests} inputMode="numeric" />
              <TextField
                label="At a time"
                value={concurrency}
                onChange={setConcurrency}
                inputMode="numeric"
                hint="Up to 256"
              />
            </>
          ) : (
            <>
              <TextField
                label="Requests a second"
                value={perSecond}
                onChange={setPerSecond}
                inputMode="numeric"
                hint="Up to 5,000"
              />
              <TextField
                label="For how many seconds"
                value={seconds}
                onChange={setSeconds}
                inputMode="numeric"
              />
            </>
          )}
        </div>
        <TextField label="Path" isMono value={path} onChange={setPath} error={error} />
        {traffic && <TrafficResult traffic={traffic} />}
        <div className={form.actions}>
          <Button onClick={close}>Close</Button>
          {isRunning ? (
            <Button look="accent" onClick={() => void stop()}>
              Stop
            </Button>
          ) : (
            <Button look="accent" type="submit">
              Send
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
