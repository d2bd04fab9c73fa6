import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { errorPercent } from '../../stores/error-rate.ts';
import { poolRates } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount, formatRate } from '../../stores/words.ts';
import styles from './totals.module.css';

const SINCE = 'take this long or less, since the counters were reset';

/** Six numbers about the pool as it is now. */
export function Totals({ pool }: { readonly pool: PoolSnapshot }) {
  const snapshot = useApp((state) => state.snapshot);
  const marks = useApp((state) => state.marks);
  if (!snapshot) return null;
  const { perSecond } = poolRates(snapshot, pool.name);
  const errors = errorPercent(marks, pool.name);
  const inFlight = pool.backends.reduce((sum, one) => sum + one.counters.inFlight, 0);
  const { latency } = pool;
  return (
    <dl className={styles.strip}>
      <Figure name="Requests" value={formatRate(perSecond)} unit="/s" />
      <Figure
        name="Errors"
        value={errors.toFixed(errors > 0 && errors < 1 ? 2 : 1)}
        unit="%"
        more=" of attempts"
        isBad={errors >= 1}
        hint="Attempts at a backend that failed or were answered 500 and above, and requests that found no backend, in the last 3 s. One that a retry rescued counts here, though its client saw no error."
      />
      <Figure name="p50" hint={`Half of the answers ${SINCE}`} {...milliseconds(latency?.p50Ms)} />
      <Figure name="p95" hint={`95 of 100 answers ${SINCE}`} {...milliseconds(latency?.p95Ms)} />
      <Figure name="p99" hint={`99 of 100 answers ${SINCE}`} {...milliseconds(latency?.p99Ms)} />
      <Figure
        name="In flight"
        value={formatCount(inFlight)}
        unit={pool.waiting > 0 ? ` + ${formatCount(pool.waiting)} waiting` : ''}
        hint="Requests at a backend now, and those that wait until one is free"
      />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  /** What the unit is of, where there is room. */
  readonly more?: string;
  readonly isBad?: boolean;
  readonly hint?: string;
}

function Figure({ name, value, unit, more, isBad = false, hint }: FigureProps) {
  return (
    <div className={styles.figure} title={hint}>
      <dt className={styles.label}>{name}</dt>
      <dd className={styles.value} data-bad={isBad}>
        {value}
        <span className={styles.unit}>{unit}</span>
        {more && <span className={styles.more}>{more}</span>}
      </dd>
    </div>
  );
}

function milliseconds(ms: number | undefined): { value: string; unit: string } {
  if (ms === undefined) return { value: '–', unit: '' };
  return { value: ms >= 100 ? formatCount(ms) : ms.toFixed(1), unit: 'ms' };
}
