import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { poolRates } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount, formatRate } from '../../stores/words.ts';
import styles from './totals.module.css';

/** Six numbers about the pool as it is now. */
export function Totals({ pool }: { readonly pool: PoolSnapshot }) {
  const snapshot = useApp((state) => state.snapshot);
  if (!snapshot) return null;
  const { perSecond, errorPercent } = poolRates(snapshot, pool.name);
  const inFlight = pool.backends.reduce((sum, one) => sum + one.counters.inFlight, 0);
  const { latency } = pool;
  return (
    <dl className={styles.strip}>
      <Figure name="Requests" value={formatRate(perSecond)} unit="/s" />
      <Figure
        name="Errors"
        value={errorPercent.toFixed(errorPercent > 0 && errorPercent < 1 ? 2 : 1)}
        unit="%"
        isBad={errorPercent >= 1}
      />
      <Figure name="p50" {...milliseconds(latency?.p50Ms)} />
      <Figure name="p95" {...milliseconds(latency?.p95Ms)} />
      <Figure name="p99" {...milliseconds(latency?.p99Ms)} />
      <Figure name="In flight" value={formatCount(inFlight)} unit="" />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly isBad?: boolean;
}

function Figure({ name, value, unit, isBad = false }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt className={styles.label}>{name}</dt>
      <dd className={styles.value} data-bad={isBad}>
        {value}
        <span className={styles.unit}>{unit}</span>
      </dd>
    </div>
  );
}

function milliseconds(ms: number | undefined): { value: string; unit: string } {
  if (ms === undefined) return { value: '–', unit: '' };
  return { value: ms >= 100 ? formatCount(ms) : ms.toFixed(1), unit: 'ms' };
}
