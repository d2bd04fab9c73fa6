import type { InstanceView } from '../../../shared/contract.ts';
import { Button } from '../../components/button.tsx';
import { StandingMark } from '../../components/standing-mark.tsx';
import { useApp } from '../../stores/use-app.ts';
import type { Tone } from '../../stores/words.ts';
import card from '../pool/card.module.css';
import { ACTIONS } from './process-actions.ts';
import styles from './processes.module.css';

const WORDS: Readonly<Record<InstanceView['state'], string>> = {
  starting: 'starting: nothing answers at its port yet',
  running: 'running',
  paused: 'paused (SIGSTOP)',
  'backing-off': 'starts again in a moment',
  stopping: 'stopping',
  stopped: 'stopped',
};

const TONES: Readonly<Record<InstanceView['state'], Tone | 'some'>> = {
  starting: 'unknown',
  running: 'ok',
  paused: 'some',
  'backing-off': 'bad',
  stopping: 'unknown',
  stopped: 'off',
};

/** The processes that Switchyard runs for a pool. What is done to them here is done for real. */
export function Instances({ pool }: { readonly pool: string }) {
  const all = useApp((state) => state.instances);
  const act = useApp((state) => state.actOnProcess);
  const instances = all.filter((one) => one.pool === pool);
  if (instances.length === 0) return null;
  return (
    <section className={card.card} aria-labelledby="processes">
      <header className={card.head}>
        <h2 className={card.title} id="processes">
          Processes
        </h2>
        <span className={card.lead}>Run for this pool, and really killed, paused or stopped here</span>
      </header>
      <ul className={styles.instances}>
        {instances.map(({ name, state, reason, port, pid }) => (
          <li key={name} className={styles.instance}>
            <StandingMark tone={TONES[state]} />
            <b className={styles.name}>{name}</b>
            <span className={styles.state} title={reason ?? undefined}>
              {reason ? `${reason}, ${WORDS[state]}` : WORDS[state]}
            </span>
            <span className={styles.figure}>{port === null ? '' : `port ${port}`}</span>
            <span className={styles.figure}>{pid === null ? '' : `pid ${pid}`}</span>
            <span className={styles.actions}>
              {ACTIONS[state].map(({ action, label, title }) => (
                <Button
                  key={action}
                  look="quiet"
                  title={title}
                  aria-label={`${label} ${name}`}
                  onClick={() => void act(pool, name, action)}
                >
                  {label}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
