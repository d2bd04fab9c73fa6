import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { StandingMark } from '../../components/standing-mark.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { formatMs } from '../../stores/words.ts';
import styles from './health-history.module.css';
import { historyOf, onTheWay, summaryOf } from './history.ts';

/** What became of a backend, probe by probe, live. */
export function HealthHistory({ backend: name }: { readonly backend: string }) {
  const pool = useApp(selectPool);
  const events = useApp((state) => state.snapshot?.events) ?? [];
  const probeNow = useApp((state) => state.probeNow);
  const close = useApp((state) => state.closeDialog);
  const backend = pool?.backends.find((one) => one.name === name);
  if (!pool || !backend) return null;
  const lines = historyOf(pool.name, backend, events);
  const slowest = Math.max(1, ...backend.probes.map(({ durationMs }) => durationMs));
  const way = onTheWay(backend, pool.healthCheck);
  return (
    <Modal title={`Health of ${name}`} lead={summaryOf(backend)} isWide onClose={close}>
      <div className={form.form}>
        {way && (
          <p className={styles.way}>
            {way.streak} of {way.needed} {way.to === 'up' ? 'passes' : 'failures'} in a row to be {way.to}
            <progress aria-hidden="true" max={way.needed} value={way.streak} />
          </p>
        )}
        <ol className={styles.list} aria-label="Newest first">
          {lines.map(({ at, tone, words, durationMs }) => (
            <li
              key={`${at} ${words}`}
              className={styles.line}
              data-event={durationMs === null}
              data-tone={tone}
            >
              <time dateTime={new Date(at).toISOString()}>{new Date(at).toLocaleTimeString('en-GB')}</time>
              <StandingMark tone={tone} />
              <span className={styles.words}>{words}</span>
              {durationMs !== null && (
                <span className={styles.took}>
                  <i style={{ width: `${(100 * durationMs) / slowest}%` }} aria-hidden="true" />
                  {formatMs(durationMs)}
                </span>
              )}
            </li>
          ))}
        </ol>
        <div className={form.actions}>
          <Button onClick={() => void probeNow(pool.name, name)}>Probe now</Button>
          <Button look="accent" onClick={close}>
            Close
          </Button>
        </div>
      </div>
    </Modal>
  );
}
