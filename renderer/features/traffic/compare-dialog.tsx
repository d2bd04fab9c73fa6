import type { TrafficRun } from '../../../shared/view/traffic.ts';
import { Modal } from '../../components/modal.tsx';
import { backendColour } from '../../stores/backend-colours.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatPercent } from '../../stores/words.ts';
import styles from './compare-dialog.module.css';
import { type HistogramSeries, LatencyHistogram } from './latency-histogram.tsx';
import { caveatsOf, differencesOf, shareDifferences, verdictOf } from './run-difference.ts';
import { askedWords, loadWords, policyWords, timeWords } from './run-words.ts';

interface Props {
  /** The earlier one is A. */
  readonly before: TrafficRun;
  readonly after: TrafficRun;
  onClose(): void;
}

/** Two runs side by side, with what differs in words. */
export function CompareDialog({ before, after, onClose }: Props) {
  const backends = useApp(
    (state) => state.snapshot?.pools.find(({ name }) => name === after.progress.plan.pool)?.backends,
  );
  const series = [seriesOf('A ', before), seriesOf('B ', after)].flat();
  const placeOf = (url: string) => backends?.findIndex((one) => one.url === url) ?? -1;
  const caveats = caveatsOf(before, after);
  return (
    <Modal title="Compare two runs" lead={verdictOf(before, after)} isWide onClose={onClose}>
      {caveats.length > 0 && (
        <ul className={styles.caveats} aria-label="Not like for like">
          {caveats.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {series.length > 0 && (
        <div className={styles.histogram}>
          <LatencyHistogram series={series} />
        </div>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <td className={styles.names} />
            <Head letter="A" run={before} />
            <Head letter="B" run={after} />
            <th scope="col">B to A</th>
          </tr>
        </thead>
        <tbody>
          {differencesOf(before, after).map(({ name, before: from, after: to, words, tone }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{from}</td>
              <td>{to}</td>
              <td data-tone={tone}>{words}</td>
            </tr>
          ))}
          {shareDifferences(before, after, backends?.map(({ url }) => url) ?? []).map(
            ({ url, before: from, after: to }) => (
              <tr key={url}>
                <th scope="row" title={url}>
                  <span className={styles.who}>
                    <i
                      style={{ background: placeOf(url) === -1 ? 'none' : backendColour(placeOf(url)) }}
                      aria-hidden="true"
                    />
                    Share of {backends?.[placeOf(url)]?.name ?? url}
                  </span>
                </th>
                <td>{formatPercent(from)}</td>
                <td>{formatPercent(to)}</td>
                <td>{pointWords(to - from)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      <p className={styles.note}>
        Attempts beyond requests are retries, or requests that others sent to the pool meanwhile. Runs of one
        plan differ by a few per cent by themselves.
      </p>
    </Modal>
  );
}

function Head({ letter, run }: { readonly letter: 'A' | 'B'; readonly run: TrafficRun }) {
  const { plan } = run.progress;
  return (
    <th scope="col">
      <span className={styles.letter} data-letter={letter}>
        {letter}
      </span>{' '}
      {policyWords(run)}
      <span className={styles.line}>{timeWords(run)}</span>
      <span className={styles.line}>{loadWords(plan)}</span>
      <span className={`mono ${styles.line}`}>{askedWords(plan)}</span>
    </th>
  );
}

function seriesOf(name: string, { progress: { latency } }: TrafficRun): readonly HistogramSeries[] {
  return latency ? [{ name, latency }] : [];
}

/** Of a hundred. */
function pointWords(change: number): string {
  const points = Math.round(change * 1_000) / 10;
  if (Math.abs(points) < 0.5) return 'the same';
  return `${Math.abs(points).toFixed(1)} points ${points > 0 ? 'more' : 'less'}`;
}
