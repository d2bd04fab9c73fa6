import { CirclePause, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { mayRespond } from '../../../shared/view/health-cause.ts';
import { isInRotation } from '../../../shared/view/rotation.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { selectListener, useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import { mendsFor } from '../health/mends.ts';
import { NextPortButton } from './next-port-button.tsx';
import { OutReasons } from './out-reasons.tsx';
import styles from './pool-state.module.css';

/** Why requests get no further than this, or only as a last resort, and what to do: nothing while all is well. */
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
  return pool.isTryingAnyway ? <TriedAnyway pool={pool} /> : <AllOut pool={pool} />;
}

function TriedAnyway({ pool }: { readonly pool: PoolSnapshot }) {
  const setWhenAllDown = useApp((state) => state.setWhenAllDown);
  return (
    <Line
      tone="warn"
      ways={
        <>
          <FindChecks pool={pool} />
          <Button onClick={() => void setWhenAllDown(pool.name, 'refuse')}>Refuse them instead</Button>
        </>
      }
      below={<OutReasons pool={pool} />}
    >
      <strong>Every backend is down by its checks. Requests are sent anyway.</strong>
      {(pool.triedAnyway ?? 0) > 0 && ` ${formatCount(pool.triedAnyway ?? 0)} so far.`}
    </Line>
  );
}

function AllOut({ pool }: { readonly pool: PoolSnapshot }) {
  const setWhenAllDown = useApp((state) => state.setWhenAllDown);
  const mayTry = pool.whenAllDown === 'refuse' && pool.backends.some(mayBeTried);
  return (
    <Line
      tone="bad"
      ways={
        <>
          <FindChecks pool={pool} />
          {mayTry && <Button onClick={() => void setWhenAllDown(pool.name, 'try')}>Try them anyway</Button>}
        </>
      }
      below={<OutReasons pool={pool} />}
    >
      <strong>No backend is available, so every request gets 503.</strong>
      {pool.unavailable > 0 && ` ${formatCount(pool.unavailable)} so far.`}
    </Line>
  );
}

/** For all that are down by their checks, where another check may help. */
function FindChecks({ pool }: { readonly pool: PoolSnapshot }) {
  const fitChecks = useApp((state) => state.fitChecks);
  const isSearching = useApp((state) => state.checkSearch.running > 0);
  const names = pool.backends.filter(isFittable).map(({ name }) => name);
  if (names.length === 0) return null;
  return (
    <Button disabled={isSearching} onClick={() => void fitChecks(pool.name, names)}>
      {isSearching ? 'Asking…' : names.length === 1 ? 'Find a check that fits' : 'Find checks that fit'}
    </Button>
  );
}

function isFittable({ admin, forced, health }: BackendSnapshot): boolean {
  const isDown = admin === 'enabled' && forced === null && health.health === 'down';
  return isDown && mendsFor(health.cause).some(({ kind }) => kind === 'find');
}

function mayBeTried({ admin, forced, health, ejection }: BackendSnapshot): boolean {
  if (admin !== 'enabled' || forced !== null) return false;
  return health.health === 'down'
    ? health.cause !== undefined && mayRespond(health.cause)
    : ejection !== null;
}

interface LineProps {
  readonly tone: 'bad' | 'warn' | 'quiet';
  /** Buttons, away from the words. */
  readonly ways?: ReactNode;
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

const ICONS = { bad: CircleX, warn: TriangleAlert, quiet: CirclePause } as const;

function Line({ tone, ways, below, children }: LineProps) {
  const Icon = ICONS[tone];
  return (
    <section className={styles.box} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className={styles.line}>
        <Icon size={15} aria-hidden="true" />
        <p className={styles.words}>{children}</p>
        {ways && <span className={styles.ways}>{ways}</span>}
      </div>
      {below}
    </section>
  );
}
