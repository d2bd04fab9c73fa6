import { useState } from 'react';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { StackedChart } from '../../charts/stacked-chart.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useApp } from '../../stores/use-app.ts';
import card from './card.module.css';
import styles from './over-time.module.css';

const SPANS = [
  { value: '60', label: '1 min' },
  { value: '300', label: '5 min' },
] as const;

/** Requests a second of each backend, stacked, with errors, p95 and what happened on the same time axis. */
export function OverTime({ pool }: { readonly pool: PoolSnapshot }) {
  const [span, setSpan] = useState<'60' | '300'>('60');
  const snapshot = useApp((state) => state.snapshot);
  if (!snapshot) return null;
  return (
    <section className={card.card} aria-labelledby="over-time">
      <header className={card.head}>
        <h2 className={card.title} id="over-time">
          Over time
        </h2>
        <span className={`${card.lead} ${styles.legend}`}>
          requests per second by backend
          <i className={styles.errors} aria-hidden="true" /> errors
          <i className={styles.p95} aria-hidden="true" /> p95
        </span>
        <span className={card.end}>
          <Segmented label="Time span" value={span} options={SPANS} onChange={setSpan} />
        </span>
      </header>
      <StackedChart snapshot={snapshot} pool={pool} seconds={Number(span)} />
    </section>
  );
}
