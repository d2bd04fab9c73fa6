import type { TrafficProgress } from '../../../shared/view/traffic.ts';
import { backendColour } from '../../stores/backend-colours.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount, formatMs, formatPercent, formatRate } from '../../stores/words.ts';
import { LatencyHistogram } from './latency-histogram.tsx';
import { figuresOf, isGood, sharesOf } from './run-figures.ts';
import { punctualityWords } from './run-words.ts';
import styles from './traffic-result.module.css';

interface Props {
  readonly traffic: TrafficProgress;
  /** The pool on screen; a run may be of another one. */
  readonly shownPool: string;
}

/** How far the run is, the answers it got, and how long they took. */
export function TrafficResult({ traffic, shownPool }: Props) {
  const { plan, answers, byBackend, planned, elapsedMs, state, latency, punctuality } = traffic;
  const backends = useApp((store) => store.snapshot?.pools.find(({ name }) => name === plan.pool)?.backends);
  const { ended, failed, failedShare, perSecond } = figuresOf(traffic);
  const end = state === 'running' ? '' : state === 'lost' ? ', cut: the generator ended' : `, ${state}`;
  const statuses = Object.entries(answers).sort(([a], [b]) => a.localeCompare(b));
  // In the pool's own order, by the names people know them by; what the pool has no longer comes last.
  const places = new Map(backends?.map((backend, index) => [backend.url, { name: backend.name, index }]));
  const shares = sharesOf(traffic);
  const answerers = Object.entries(byBackend)
    .map(([url, count]) => ({ url, count, place: places.get(url) }))
    .sort((a, b) => (a.place?.index ?? Infinity) - (b.place?.index ?? Infinity));
  const late = punctuality && punctualityWords(punctuality);
  return (
    <div className={styles.result}>
      <progress className={styles.bar} value={progressOf(traffic, ended)} max={1} aria-label="Progress" />
      <div className={styles.head}>
        <p className={styles.line} role="status">
          {formatCount(ended)} {planned === null ? '' : `of ${formatCount(planned)} `}answered in{' '}
          {(elapsedMs / 1_000).toFixed(1)} s{end}
        </p>
        {plan.pool !== shownPool && <p className={styles.line}>Sent to pool {plan.pool}</p>}
      </div>
      <div className={styles.body}>
        <div className={styles.latency}>
          <dl className={styles.figures} aria-label="Figures">
            <Figure name="Rate" value={`${formatRate(perSecond)} req/s`} />
            <Figure
              name="Failed"
              value={failed === 0 ? '0' : `${formatCount(failed)} (${formatPercent(failedShare)})`}
              isBad={failed > 0}
            />
            <Figure name="p50" value={latency ? formatMs(latency.p50Ms) : '–'} />
            <Figure name="p90" value={latency ? formatMs(latency.p90Ms) : '–'} />
            <Figure name="p99" value={latency ? formatMs(latency.p99Ms) : '–'} />
            <Figure name="Slowest" value={latency ? formatMs(latency.maxMs) : '–'} />
          </dl>
          {latency && <LatencyHistogram series={[{ name: '', latency }]} />}
        </div>
        <div className={styles.lists}>
          {statuses.length > 0 && (
            <dl aria-label="Answers">
              {statuses.map(([status, count]) => (
                <div key={status} className={styles.count} data-bad={!isGood(status)}>
                  <dt title={status}>{status}</dt>
                  <dd>{formatCount(count)}</dd>
                </div>
              ))}
            </dl>
          )}
          {answerers.length > 0 && (
            <dl aria-label="Answered by">
              {answerers.map(({ url, count, place }) => (
                <div key={url} className={styles.count} title={url}>
                  <i style={{ background: place ? backendColour(place.index) : 'none' }} aria-hidden="true" />
                  <dt>{place?.name ?? url}</dt>
                  <dd>{formatCount(count)}</dd>
                  <dd className={styles.share}>{formatPercent(shares.get(url) ?? 0)}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      </div>
      {late && (
        <p className={styles.late} data-warn={late.isLate}>
          {late.words}
        </p>
      )}
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly isBad?: boolean;
}

function Figure({ name, value, isBad = false }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd data-bad={isBad}>{value}</dd>
    </div>
  );
}

/** 0 to 1. Of what only time ends, how much of the time is over. */
function progressOf({ plan: { load }, planned, elapsedMs }: TrafficProgress, ended: number): number {
  if (load.kind === 'concurrency') return Math.min(1, elapsedMs / load.durationMs);
  return ended / Math.max(1, planned ?? 1);
}
