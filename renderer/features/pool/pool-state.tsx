import { CirclePause, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { isInRotation } from '../../../shared/rotation.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { selectListener, useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import { NextPortButton } from './next-port-button.tsx';
import styles from './pool-state.module.css';

/** Why requests get no further than this, and what to try: nothing to say while they do. */
export function PoolState({ pool }: { readonly pool: PoolSnapshot }) {
  const isRunning = useApp((state) => state.snapshot?.isRunning ?? true);
  const listener = useApp(selectListener);
  const setRunning = useApp((state) => state.setRunning);
  const openDialog = useApp((state) => state.openDialog);
  if (!isRunning) {
    return (
      <Line tone="quiet" ways={<Button onClick={() => void setRunning(true)}>Switch it on</Button>}>
        <strong>The balancer is switched off.</strong> Nothing is listened on, so clients cannot connect.
      </Line>
    );
  }
  if (listener?.state.kind === 'failed') {
    return (
      <Line
        tone="bad"
        ways={
          <>
            <NextPortButton listener={listener} />
            <Button onClick={() => openDialog('listener')}>Change the address…</Button>
          </>
        }
      >
        <strong>Not listening:</strong> {listener.state.reason}
      </Line>
    );
  }
  // Without backends the table says so, and what to do.
  if (pool.backends.length === 0 || pool.backends.some(isInRotation)) return null;
  return (
    <Line tone="bad">
      <strong>No backend is available, so every request is answered 503.</strong> {advice(pool)}
      {pool.unavailable > 0 && ` ${formatCount(pool.unavailable)} so far.`}
    </Line>
  );
}

function advice({ backends }: PoolSnapshot): string {
  const others = backends.filter((one) => one.admin === 'enabled');
  const byYou = backends.length - others.length;
  if (others.length === 0)
    return 'You have switched every backend off; switch one on again in the table below.';
  if (byYou === 0) return whatToTry(others, 'their ports');
  const off = byYou === 1 ? '1 backend is' : `${byYou} backends are`;
  return `${off} switched off by you. ${whatToTry(others, 'the ports of the others')}`;
}

/** By what they have in common. */
function whatToTry(backends: readonly BackendSnapshot[], ports: string): string {
  const subject = backends.length === 1 ? 'It' : 'Each';
  if (backends.every(({ forced }) => forced === 'down'))
    return `${subject} is forced down: leave it to its checks.`;
  if (backends.every(({ faults }) => faults.length > 0))
    return `${subject} has a simulated fault: clear the faults to bring it back.`;
  if (backends.every(({ health }) => /refused/.test(health.reason)))
    return `Nothing listens on ${ports}: start the services, or correct their URLs.`;
  if (backends.every(({ health }) => /→ \d/.test(health.reason)))
    return 'They run, but their answers do not pass the check: set another path or status in the health checks.';
  return 'Their checks fail, for the reasons below: are the services started, and is the health path right?';
}

interface LineProps {
  readonly tone: 'bad' | 'quiet';
  /** Buttons, away from the words. */
  readonly ways?: ReactNode;
  readonly children: ReactNode;
}

function Line({ tone, ways, children }: LineProps) {
  const Icon = tone === 'bad' ? CircleX : CirclePause;
  return (
    <div className={styles.line} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={15} aria-hidden="true" />
      <p className={styles.words}>{children}</p>
      {ways && <span className={styles.ways}>{ways}</span>}
    </div>
  );
}
