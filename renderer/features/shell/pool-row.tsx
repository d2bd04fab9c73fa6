import { StandingMark } from '../../components/standing-mark.tsx';
import { isInRotation, poolRates } from '../../stores/figures.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { formatRate } from '../../stores/words.ts';
import styles from './rail.module.css';

export function PoolRow({ name }: { readonly name: string }) {
  const pool = useApp((state) => state.snapshot?.pools.find((one) => one.name === name));
  const rate = useApp((state) =>
    state.snapshot ? formatRate(poolRates(state.snapshot, name).perSecond) : '0',
  );
  const isShown = useApp((state) => state.screen === 'pool' && selectPool(state)?.name === name);
  const show = useApp((state) => state.show);
  if (!pool) return null;
  const up = pool.backends.filter(isInRotation).length;
  const tone = up === pool.backends.length ? 'ok' : up === 0 ? 'bad' : 'some';
  return (
    <li>
      <button
        type="button"
        className={styles.pool}
        aria-current={isShown ? 'page' : undefined}
        onClick={() => show('pool', name)}
      >
        <StandingMark tone={tone} />
        <span className={styles.poolName}>{name}</span>
        <span className={styles.rate}>{rate}/s</span>
        <span className={styles.up}>
          {up} of {pool.backends.length} up
        </span>
      </button>
    </li>
  );
}
