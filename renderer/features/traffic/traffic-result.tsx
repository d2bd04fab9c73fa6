import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import type { TrafficProgress } from '../../../shared/traffic.ts';
import { backendColour } from '../../stores/backend-colours.ts';
import { formatCount } from '../../stores/words.ts';
import styles from './traffic-result.module.css';

interface Props {
  readonly traffic: TrafficProgress;
  readonly pool: PoolSnapshot;
}

/** How far the run is, and the answers it got. */
export function TrafficResult({ traffic, pool }: Props) {
  const { answers, byBackend, planned, elapsedMs, state } = traffic;
  const answered = Object.values(answers).reduce((sum, count) => sum + count, 0);
  const end = state === 'running' ? '' : `, ${state}`;
  const statuses = Object.entries(answers).sort(([a], [b]) => a.localeCompare(b));
  // In the pool's own order, by the names people know them by; what the pool has no longer comes last.
  const places = new Map(pool.backends.map((backend, index) => [backend.url, { name: backend.name, index }]));
  const backends = Object.entries(byBackend)
    .map(([url, count]) => ({ url, count, place: places.get(url) }))
    .sort((a, b) => (a.place?.index ?? Infinity) - (b.place?.index ?? Infinity));
  return (
    <div className={styles.result}>
      <progress className={styles.bar} value={progressOf(traffic, answered)} max={1} aria-label="Progress" />
      <p className={styles.line} role="status">
        {formatCount(answered)} {planned === null ? '' : `of ${formatCount(planned)} `}answered in{' '}
        {(elapsedMs / 1_000).toFixed(1)} s{end}
      </p>
      {statuses.length > 0 && (
        <dl className={styles.counts} aria-label="Answers">
          {statuses.map(([status, count]) => (
            <div key={status} className={styles.count} data-bad={!/^[1-4]\d\d$/.test(status)}>
              <dt>{status}</dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      {backends.length > 0 && (
        <dl className={styles.counts} aria-label="Answered by">
          {backends.map(({ url, count, place }) => (
            <div key={url} className={styles.count} title={url}>
              {place && <i style={{ background: backendColour(place.index) }} aria-hidden="true" />}
              <dt>{place?.name ?? url}</dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** 0 to 1. Of what only time ends, how much of the time is over. */
function progressOf({ plan: { load }, planned, elapsedMs }: TrafficProgress, answered: number): number {
  if (load.kind === 'concurrency') return Math.min(1, elapsedMs / load.durationMs);
  return answered / Math.max(1, planned ?? 1);
}
