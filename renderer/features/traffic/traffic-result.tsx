import type { TrafficProgress } from '../../../shared/traffic.ts';
import { formatCount } from '../../stores/words.ts';
import styles from './traffic-result.module.css';

/** How far the run is, and the answers it got. */
export function TrafficResult({ traffic }: { readonly traffic: TrafficProgress }) {
  const { answers, byBackend, planned, elapsedMs, isRunning } = traffic;
  const answered = Object.values(answers).reduce((sum, count) => sum + count, 0);
  return (
    <section className={styles.result} aria-label="Answers">
      <progress className={styles.bar} value={answered} max={Math.max(1, planned)} aria-label="Progress" />
      <p className={styles.line} role="status">
        {formatCount(answered)} of {formatCount(planned)} answered in {(elapsedMs / 1_000).toFixed(1)} s
        {isRunning ? '' : answered < planned ? ', stopped' : ', done'}
      </p>
      <Counts title="Answers" counts={answers} />
      <Counts title="From" counts={byBackend} />
    </section>
  );
}

function Counts({
  title,
  counts,
}: {
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
}) {
  const rows = Object.entries(counts).sort(([a], [b]) => a.localeCompare(b));
  if (rows.length === 0) return null;
  return (
    <dl className={styles.counts} aria-label={title}>
      {rows.map(([name, count]) => (
        <div key={name} className={styles.count} data-bad={!/^([1-4]\d\d|https?:.*)$/.test(name)}>
          <dt className="mono">{name}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
