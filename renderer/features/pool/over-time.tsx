import { Pause as PauseIcon, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { countedIn } from '../../charts/chart-data.ts';
import { chartMarks } from '../../charts/chart-marks.ts';
import { firstSecond, type Pause, pausedAt, runningSecond } from '../../charts/chart-view.ts';
import { clockTime } from '../../charts/chart-words.ts';
import { playedSpan } from '../../charts/scenario-line.ts';
import { StackedChart } from '../../charts/stacked-chart.tsx';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import {
  type ChartMinutes,
  loadChartLines,
  loadChartMinutes,
  saveChartLines,
  saveChartMinutes,
} from '../../stores/preferences.ts';
import { useApp } from '../../stores/use-app.ts';
import card from './card.module.css';
import { LineToggles } from './line-toggles.tsx';
import styles from './over-time.module.css';
import { useBands } from './use-bands.ts';

const SPANS = [
  { value: '1', label: '1 min' },
  { value: '5', label: '5 min' },
  { value: '15', label: '15 min' },
] as const;

/** Requests a second of each backend, stacked, with errors, latencies and what happened on the same time axis. */
export function OverTime({ pool }: { readonly pool: PoolSnapshot }) {
  const [minutes, setMinutes] = useState<ChartMinutes>(loadChartMinutes);
  const [lines, setLines] = useState(loadChartLines);
  const [pause, setPause] = useState<Pause | null>(null);
  const live = useApp((state) => state.snapshot);
  const paused = pause?.pool === pool.name ? pause : null;
  const setReadSecond = useApp((state) => state.setReadSecond);
  const snapshot = paused?.snapshot ?? live;
  const seconds = Number(minutes) * 60;
  const end = paused?.end ?? (live ? runningSecond(live) : 0);
  const names = pool.backends.map((backend) => backend.name).join('\n');
  const history = snapshot?.seconds;
  const events = snapshot?.events;
  // Four batches come in a second, and only one of them has something to draw.
  const counted = useMemo(
    () => countedIn(history ?? [], pool.name, names.split('\n'), { end, seconds }),
    [history, pool.name, names, end, seconds],
  );
  const data = useBands(counted, pool.name, names);
  const marks = useMemo(
    () => chartMarks(events ?? [], pool.name, { end, seconds }),
    [events, pool.name, end, seconds],
  );
  const scenario = useApp((state) => state.scenario);
  const played = useMemo(() => playedSpan(scenario), [scenario]);
  if (!live || !snapshot || pool.backends.length === 0) return null;
  const move = (to: number) => setPause(pausedAt(snapshot, pool.name, { end: to, seconds }));
  return (
    <section className={card.card} aria-labelledby="over-time">
      <div className={styles.top}>
        <header className={`${card.head} ${styles.head}`}>
          <h2 className={`${card.title} ${styles.title}`} id="over-time">
            Over time
          </h2>
          <span className={card.lead} role="status">
            {paused ? (
              <span className={styles.paused}>
                <PauseIcon size={11} fill="currentColor" aria-hidden="true" />
                Paused at {clockTime(end)}
                <span className={styles.more}>, still recording</span>
              </span>
            ) : (
              <span className={styles.more}>requests per second by backend</span>
            )}
          </span>
          <LineToggles
            shown={lines}
            onChange={(next) => {
              saveChartLines(next);
              setLines(next);
            }}
          />
          <span className={styles.tools}>
            <Button
              look="quiet"
              className={styles.pause}
              title={
                paused
                  ? 'Back to what happens now (End)'
                  : 'Stop the chart, then drag it or use the arrow keys'
              }
              onClick={() => (paused ? setPause(null) : move(end))}
            >
              {paused ? (
                <Play size={13} fill="currentColor" aria-hidden="true" />
              ) : (
                <PauseIcon size={13} fill="currentColor" strokeWidth={1} aria-hidden="true" />
              )}
              {paused ? 'Live' : 'Pause'}
            </Button>
            <Segmented
              label="Time span"
              value={minutes}
              options={SPANS}
              onChange={(next) => {
                saveChartMinutes(next);
                setMinutes(next);
                if (paused)
                  setPause(pausedAt(snapshot, pool.name, { end: paused.end, seconds: Number(next) * 60 }));
              }}
            />
          </span>
        </header>
      </div>
      <StackedChart
        data={data}
        marks={marks}
        lines={lines}
        played={played}
        backends={pool.backends}
        isPaused={paused !== null}
        isMovable={runningSecond(snapshot) - firstSecond(snapshot, pool.name) > seconds}
        onMove={move}
        onLive={() => setPause(null)}
        onRead={setReadSecond}
      />
    </section>
  );
}
