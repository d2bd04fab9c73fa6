import { healthAdvice } from '../../../shared/text/health-advice.ts';
import { isTriedAnyway } from '../../../shared/view/rotation.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { StandingMark } from '../../components/standing-mark.tsx';
import type { CheckChange } from '../../stores/check-edits.ts';
import { useApp } from '../../stores/use-app.ts';
import { checkOf } from '../../stores/written-pool.ts';
import { type Mend, mendLabel, mendsFor } from '../health/mends.ts';
import { groupReasons, type OutReason } from './group-reasons.ts';
import styles from './out-reasons.module.css';

/** More are in the table below. */
const MOST_SHOWN = 4;
const MOST_NAMES = 3;

/** Why each backend of a pool is out, those with one reason together, and what can be done about it with one click. */
export function OutReasons({ pool }: { readonly pool: PoolSnapshot }) {
  const reasons = groupReasons(pool);
  const left = reasons.length - MOST_SHOWN;
  return (
    <ul className={styles.list} aria-label="Why each backend is out">
      {reasons.slice(0, MOST_SHOWN).map((reason) => (
        <Reason key={reason.backends[0]?.name} pool={pool} reason={reason} />
      ))}
      {left > 0 && <li className={styles.more}>{left} more in the table below</li>}
    </ul>
  );
}

function Reason({ pool, reason }: { readonly pool: PoolSnapshot; readonly reason: OutReason }) {
  const { backends, words, kind } = reason;
  const cause = backends[0]?.health.cause;
  const isTried = backends.some((backend) => isTriedAnyway(pool, backend));
  const mends = kind === 'down' ? mendsFor(cause).filter((mend) => mend.kind !== 'find') : [];
  // A button says what to do itself.
  const advice = kind === 'down' && mends.length === 0 && cause ? healthAdvice(cause) : null;
  return (
    <li className={styles.reason}>
      <StandingMark tone={isTried ? 'tried' : MARKS[kind]} />
      <p className={styles.words}>
        <b title={backends.map(({ name }) => name).join(', ')}>{namesOf(backends)}</b> {words}
        {advice !== null && `. ${advice}`}
      </p>
      <span className={styles.mends}>
        {kind === 'forced' && <Unforce pool={pool.name} backends={backends} />}
        {kind === 'off' && <SwitchOn pool={pool.name} backends={backends} />}
        {mends.map((mend) => (
          <MendButton key={mend.kind} pool={pool} backends={backends} mend={mend} />
        ))}
      </span>
    </li>
  );
}

const MARKS = { down: 'bad', ejected: 'bad', forced: 'bad', simulated: 'simulated', off: 'off' } as const;

interface MendProps {
  readonly pool: PoolSnapshot;
  readonly backends: readonly BackendSnapshot[];
  readonly mend: Mend;
}

function MendButton({ pool, backends, mend }: MendProps) {
  const changeChecks = useApp((state) => state.changeChecks);
  const text = useApp((state) => state.config.text);
  const names = namesOf(backends);
  const apply = () => {
    const changes = backends.map((backend) => ({
      backend: backend.name,
      ...changeOf(mend, text, pool, backend),
    }));
    void changeChecks(pool.name, changes, `${names}: ${doneWords(mend)}`);
  };
  return (
    <Button aria-label={`${mendLabel(mend)}: ${names}`} onClick={apply}>
      {mendLabel(mend)}
    </Button>
  );
}

function changeOf(
  mend: Mend,
  text: string,
  pool: PoolSnapshot,
  { name }: BackendSnapshot,
): Omit<CheckChange, 'backend'> {
  switch (mend.kind) {
    case 'use-path':
      return { healthCheck: { path: mend.path } };
    case 'accept-status': {
      const { expectedStatus } = checkOf(text, pool, name);
      const ranges = expectedStatus.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
      return { healthCheck: { expectedStatus: [...ranges, `${mend.status}`] } };
    }
    case 'use-tcp':
      return { healthCheck: { type: 'tcp' } };
    case 'accept-certificate':
      return { healthCheck: {}, insecure: true };
    case 'find':
      return { healthCheck: {} };
  }
}

function doneWords(mend: Mend): string {
  switch (mend.kind) {
    case 'use-path':
      return `the check asks ${mend.path}.`;
    case 'accept-status':
      return `a response of ${mend.status} passes the check.`;
    case 'use-tcp':
      return 'the check only opens a TCP connection.';
    case 'accept-certificate':
      return 'its certificate is not verified.';
    case 'find':
      return '';
  }
}

interface AdminProps {
  readonly pool: string;
  readonly backends: readonly BackendSnapshot[];
}

function Unforce({ pool, backends }: AdminProps) {
  const forceHealth = useApp((state) => state.forceHealth);
  const leave = () => {
    for (const { name } of backends) void forceHealth(pool, name, null);
  };
  return <Button onClick={leave}>Leave it to its checks</Button>;
}

function SwitchOn({ pool, backends }: AdminProps) {
  const setAdminOf = useApp((state) => state.setAdminOf);
  return <Button onClick={() => void setAdminOf(pool, backends, 'enabled')}>Switch on</Button>;
}

function namesOf(backends: readonly BackendSnapshot[]): string {
  const names = backends.slice(0, MOST_NAMES).map(({ name }) => name);
  const left = backends.length - names.length;
  return left > 0 ? `${names.join(', ')} and ${left} more` : names.join(', ');
}
