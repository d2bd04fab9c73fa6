import { useRef, useState } from 'react';
import { owedBy } from '../../../shared/config/policies.ts';
import { isTriedAnyway } from '../../../shared/view/rotation.ts';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { clockTime } from '../../charts/chart-words.ts';
import { Segmented } from '../../components/segmented.tsx';
import { laneFigures, poolRates, readingAt, type ShareWindow, trackScale } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount, standingOf, switchedAt } from '../../stores/words.ts';
import card from './card.module.css';
import styles from './distribution.module.css';
import { Lane } from './lane.tsx';
import { requestsPerPulse } from './pulse-batches.ts';
import { PulseLayer } from './pulse-layer.tsx';
import { usePointing } from './use-pointing.ts';
import { useStillness } from './use-stillness.ts';

const WINDOWS = [
  { value: '10s', label: '10 s' },
  { value: '1min', label: '1 min' },
  { value: 'reset', label: 'Since reset' },
] as const;

/** From here on lanes are lower and stand in two columns. */
const MANY = 13;

/** What the mark in a lane stands for; there is none where only the traffic decides. */
const OWED = { equal: 'fair share, all alike', weight: 'fair share by weight', none: null } as const;

/** One lane a backend: what it gets of the requests, and what it should. */
export function Distribution({ pool }: { readonly pool: PoolSnapshot }) {
  const [span, setSpan] = useState<ShareWindow>('reset');
  const isStill = useStillness();
  const tracks = useRef(new Map<string, HTMLElement>());
  const snapshot = useApp((state) => state.snapshot);
  const second = useApp((state) => state.readSecond);
  const resetCounters = useApp((state) => state.resetCounters);
  const pointing = usePointing();
  if (!snapshot || pool.backends.length === 0) return null;
  const lanes = laneFigures(snapshot, pool, span);
  const scale = trackScale(lanes);
  // While the chart reads out a second, so do the columns; bars and pulses go on.
  const readings = second === null ? null : readingAt(snapshot, pool, second);
  const owed = OWED[owedBy(pool.policy)];
  const perPulse = requestsPerPulse(poolRates(snapshot, pool.name).perSecond, lanes.length);
  return (
    <section className={card.card} aria-labelledby="distribution">
      <header className={card.head}>
        <h2 className={card.title} id="distribution">
          Distribution
        </h2>
        <span className={`${card.end} ${styles.tools}`}>
          <button type="button" className={styles.reset} onClick={() => void resetCounters(pool.name)}>
            Reset
          </button>
          <Segmented label="Time window" value={span} options={WINDOWS} onChange={setSpan} />
        </span>
      </header>
      <div className={styles.field} data-many={lanes.length >= MANY}>
        <div className={styles.columns} aria-hidden="true">
          <span className={styles.legend}>
            <i className={styles.shareKey} /> share {owed && <i className={styles.entitledKey} />} {owed}
            <i className={styles.pulseKey} />
            <span className={styles.pulseWords}>
              {perPulse === 1 || isStill ? 'a request in flight' : `about ${formatCount(perPulse)} requests`}
            </span>
          </span>
          <span className={styles.heading}>{second === null ? 'Requests' : `at ${clockTime(second)}`}</span>
          <span className={styles.heading}>Share</span>
        </div>
        <ol className={styles.lanes} {...pointing}>
          {lanes.map((lane, index) => {
            const { name } = lane.backend;
            const isTried = isTriedAnyway(pool, lane.backend);
            const offSinceMs = switchedAt(snapshot.events, pool.name, name);
            return (
              <Lane
                key={name}
                lane={lane}
                index={index}
                scale={scale}
                reading={readings?.get(name) ?? null}
                standing={standingOf(lane.backend, snapshot.at, { offSinceMs, isTried })}
                tracks={tracks}
              />
            );
          })}
        </ol>
        {/* Another pool may have backends of the same names: what they had counts for nothing. */}
        <PulseLayer
          key={pool.name}
          lanes={lanes}
          at={snapshot.at}
          scale={scale}
          isStill={isStill}
          tracks={tracks}
        />
      </div>
    </section>
  );
}
