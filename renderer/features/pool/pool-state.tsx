import { CirclePause, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { isInRotation } from '../../../shared/rotation.ts';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { selectListener, useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import styles from './pool-state.module.css';

/** Why requests get no further than this, and what to try: nothing to say while they do. */
export function PoolState({ pool }: { readonly pool: PoolSnapshot }) {
  const isRunning = useApp((state) => state.snapshot?.isRunning ?? true);
  const listener = useApp(selectListener);
  const setRunning = useApp((state) => state.setRunning);
  const openDialog = useApp((state) => state.openDialog);
  if (!isRunning) {
    return (
      <Line tone="quiet">
        <strong>The balancer is switched off.</strong> Nothing is listened on, so clients cannot connect.
        <Button onClick={() => void setRunning(true)}>Switch it on</Button>
      </Line>
    );
  }
  if (listener?.state.kind === 'failed') {
    return (
      <Line tone="bad">
        <strong>Not listening on {listener.address}:</strong> {listener.state.reason}.
        <Button onClick={() => openDialog('listener')}>Change the address…</Button>
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

function advice(pool: PoolSnapshot): string {
  const byYou = pool.backends.filter((one) => one.admin !== 'enabled').length;
  if (byYou === pool.backends.length)
    return 'You have switched every backend off; switch one on again in the table below.';
  if (byYou > 0)
    return `${byYou} ${byYou === 1 ? 'is' : 'are'} switched off by you; the others fail their checks, for the reasons below.`;
  return 'Every check fails, for the reasons below: are the services started, and is the health path right?';
}

function Line({ tone, children }: { readonly tone: 'bad' | 'quiet'; readonly children: ReactNode }) {
  const Icon = tone === 'bad' ? CircleX : CirclePause;
  return (
    <div className={styles.line} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={15} aria-hidden="true" />
      <p className={styles.words}>{children}</p>
    </div>
  );
}
