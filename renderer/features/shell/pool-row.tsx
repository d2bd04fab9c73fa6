import { isInRotation } from '../../../shared/view/rotation.ts';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { StandingMark } from '../../components/standing-mark.tsx';
import { poolRates } from '../../stores/figures.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { formatRate, type Tone } from '../../stores/words.ts';
import styles from './rail.module.css';

interface Props {
  readonly name: string;
  /** Only its mark and the first letters of its name, then. */
  readonly isCollapsed: boolean;
}

export function PoolRow({ name, isCollapsed }: Props) {
  const pool = useApp((state) => state.snapshot?.pools.find((one) => one.name === name));
  const rate = useApp((state) =>
    state.snapshot ? formatRate(poolRates(state.snapshot, name).perSecond) : '0',
  );
  const isShown = useApp((state) => state.screen === 'pool' && selectPool(state)?.name === name);
  const show = useApp((state) => state.show);
  if (!pool) return null;
  const up = pool.backends.filter(isInRotation).length;
  const { tone, words: upWords } = poolStanding(pool, up);
  return (
    <li>
      <button
        type="button"
        className={styles.pool}
        aria-current={isShown ? 'page' : undefined}
        aria-label={isCollapsed ? `${name}: ${upWords}` : `${name}, ${upWords}, ${rate}/s`}
        title={`${name}: ${upWords}`}
        onClick={() => show('pool', name)}
      >
        <StandingMark tone={tone} />
        <span className={styles.poolName}>{isCollapsed ? name.slice(0, 2) : name}</span>
        {!isCollapsed && (
          <>
            {/* The spaces are for what reads it as one text. */} <span className={styles.up}>{upWords}</span>{' '}
            <span className={styles.rate}>{rate}/s</span>
          </>
        )}
      </button>
    </li>
  );
}

function poolStanding(
  pool: PoolSnapshot,
  up: number,
): { readonly tone: Tone | 'some'; readonly words: string } {
  const all = pool.backends.length;
  if (all === 0) return { tone: 'bad', words: 'no backends' };
  if (pool.isTryingAnyway) return { tone: 'tried', words: `0 of ${all} up, tried anyway` };
  const words = `${up} of ${all} up`;
  const busy = pool.backends.filter((one) => isInRotation(one) && one.health.busy).length;
  if (busy > 0) return { tone: 'busy', words: `${words}, ${busy} busy` };
  return { tone: up === 0 ? 'bad' : up === all ? 'ok' : 'some', words };
}
