import { Minus, Plus } from 'lucide-react';
import { PROCESS_ACTIONS } from '../../../shared/calls/process-actions.ts';
import { type InstanceView, MAX_INSTANCES } from '../../../shared/view/processes.ts';
import { Button } from '../../components/button.tsx';
import rows from '../../components/rows.module.css';
import { StandingMark } from '../../components/standing-mark.tsx';
import { useApp } from '../../stores/use-app.ts';
import type { Tone } from '../../stores/words.ts';
import card from '../pool/card.module.css';
import styles from './processes.module.css';
import { useProcessAction } from './use-process-action.ts';

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
  const all = useApp((state) => state.processes);
  const scale = useApp((state) => state.scaleCommand);
  const act = useProcessAction(pool);
  const openDialog = useApp((state) => state.openDialog);
  const commands = all.commands.filter((one) => one.pool === pool);
  const instances = all.instances.filter((one) => one.pool === pool);
  if (commands.length + instances.length === 0) return null;
  return (
    <section className={card.card} aria-labelledby="processes">
      <header className={card.head}>
        <h2 className={card.title} id="processes">
          Processes
        </h2>
        <span className={card.lead}>Run for this pool, and really killed, paused or stopped here</span>
      </header>
      <ul className={styles.scales}>
        {commands.map(({ name, wanted }) => (
          <li key={name} className={styles.scale}>
            <b className={styles.name}>{name}</b>
            <Button
              look="icon"
              aria-label={`One instance of ${name} fewer`}
              disabled={wanted === 0}
              onClick={() => void scale(pool, name, wanted - 1)}
            >
              <Minus size={13} aria-hidden="true" />
            </Button>
            <span className={styles.wanted}>{wanted}</span>
            <Button
              look="icon"
              aria-label={`One more instance of ${name}`}
              disabled={wanted === MAX_INSTANCES}
              onClick={() => void scale(pool, name, wanted + 1)}
            >
              <Plus size={13} aria-hidden="true" />
            </Button>
            <span className={styles.quiet}>{wanted === 1 ? 'instance' : 'instances'}</span>
          </li>
        ))}
      </ul>
      <ul className={`${rows.rows} ${styles.instances}`}>
        {instances.map(({ name, state, reason, port, pid }) => (
          <li key={name} className={`${rows.row} ${styles.instance}`}>
            <StandingMark tone={TONES[state]} />
            <b className={styles.name}>{name}</b>
            <span className={styles.state} title={reason ?? undefined}>
              {reason ? `${reason}, ${WORDS[state]}` : WORDS[state]}
            </span>
            <span className={styles.figure}>{port === null ? '' : `port ${port}`}</span>
            <span className={`${styles.figure} ${styles.pid}`}>{pid === null ? '' : `pid ${pid}`}</span>
            <span className={styles.actions}>
              <Button
                look="quiet"
                aria-label={`Output of ${name}`}
                onClick={() => openDialog('process-output', name)}
              >
                Output
              </Button>
              {PROCESS_ACTIONS[state].map(({ action, label, title }) => (
                <Button
                  key={action}
                  data-action={action}
                  look="quiet"
                  title={title}
                  aria-label={`${label} ${name}`}
                  onClick={() => act(name, action)}
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
