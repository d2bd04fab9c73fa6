import { useState } from 'react';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { Segmented } from '../../components/segmented.tsx';
import { backendColour } from '../../stores/backend-colours.ts';
import { isInRotation, type LaneFigure, laneFigures, type ShareWindow } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount, formatPercent, standingOf } from '../../stores/words.ts';
import card from './card.module.css';
import styles from './distribution.module.css';
import { Pulses } from './pulses.tsx';

const WINDOWS = [
  { value: '10s', label: '10 s' },
  { value: '1min', label: '1 min' },
  { value: 'reset', label: 'Since reset' },
] as const;

/** One lane a backend: what it gets of the requests, and what it should. */
export function Distribution({ pool }: { readonly pool: PoolSnapshot }) {
  const [window, setWindow] = useState<ShareWindow>('reset');
  const snapshot = useApp((state) => state.snapshot);
  const resetCounters = useApp((state) => state.resetCounters);
  if (!snapshot) return null;
  const lanes = laneFigures(snapshot, pool, window);
  // The longest bar nearly fills its lane, so that small pools and large ones read alike.
  const scale = 1 / Math.max(0.2, ...lanes.map((lane) => Math.max(lane.share ?? 0, lane.entitled) * 1.15));
  return (
    <section className={card.card} aria-labelledby="distribution">
      <header className={card.head}>
        <h2 className={card.title} id="distribution">
          Distribution
        </h2>
        <span className={`${card.lead} ${styles.legend}`}>
          <i className={styles.shareKey} aria-hidden="true" /> share
          <i className={styles.entitledKey} aria-hidden="true" /> entitled
        </span>
        <span className={`${card.end} ${styles.tools}`}>
          <button type="button" className={styles.reset} onClick={() => void resetCounters(pool.name)}>
            Reset
          </button>
          <Segmented label="Time window" value={window} options={WINDOWS} onChange={setWindow} />
        </span>
      </header>
      <div className={styles.columns} aria-hidden="true">
        <span>Requests</span>
        <span>Share</span>
      </div>
      <ol className={styles.lanes}>
        {lanes.map((lane, index) => (
          <Lane key={lane.backend.name} lane={lane} index={index} scale={scale} nowMs={snapshot.at} />
        ))}
      </ol>
    </section>
  );
}

interface LaneProps {
  readonly lane: LaneFigure;
  readonly index: number;
  readonly scale: number;
  readonly nowMs: number;
}

function Lane({ lane, index, scale, nowMs }: LaneProps) {
  const { backend, requests, share, entitled } = lane;
  const standing = standingOf(backend, nowMs);
  const isOut = !isInRotation(backend);
  const colour = backendColour(index);
  const shareText = isOut || share === null ? '—' : formatPercent(share);
  return (
    <li
      className={styles.lane}
      data-out={isOut}
      aria-label={`${backend.name}: ${formatCount(requests)} requests, ${shareText}`}
    >
      <kbd className={styles.key}>{index + 1}</kbd>
      <span className={styles.who} title={`${backend.name} ${backend.url}`}>
        {backend.name}
      </span>
      <span className={styles.track} data-tone={isOut ? standing.tone : 'ok'}>
        {isOut ? (
          <span className={styles.reason}>{standing.words}</span>
        ) : (
          <>
            <span className={styles.bar} style={{ width: `${(share ?? 0) * scale * 100}%`, color: colour }} />
            <Pulses requests={backend.counters.requests} width={(share ?? entitled) * scale} />
            <span className={styles.entitled} style={{ left: `${entitled * scale * 100}%` }} />
          </>
        )}
      </span>
      <span className={styles.count}>{formatCount(requests)}</span>
      <span className={styles.share}>{shareText}</span>
    </li>
  );
}
