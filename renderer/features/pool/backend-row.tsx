import { faultTitle } from '../../../shared/fault-text.ts';
import { POLICY_WORDS, usesWeights } from '../../../shared/policies.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../../shared/snapshot.ts';
import { Sparkline } from '../../components/sparkline.tsx';
import { StandingMark } from '../../components/standing-mark.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { UptimeStrip } from '../../components/uptime-strip.tsx';
import { backendColour } from '../../stores/backend-colours.ts';
import { sparkline } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount, formatMs, formatRate, standingOf, switchedAt } from '../../stores/words.ts';
import { Simulated } from '../faults/simulated.tsx';
import styles from './backends-table.module.css';
import { RowMenu } from './row-menu.tsx';
import { WeightStepper } from './weight-stepper.tsx';

interface Props {
  readonly pool: PoolSnapshot;
  /** Requests a second, by backend. */
  readonly rates: ReadonlyMap<string, number>;
  readonly backend: BackendSnapshot;
  readonly index: number;
}

export function BackendRow({ pool, rates, backend, index }: Props) {
  const snapshot = useApp((state) => state.snapshot);
  const setAdmin = useApp((state) => state.setAdmin);
  if (!snapshot) return null;
  const { name, url, weight, admin, counters, probes } = backend;
  const standing = standingOf(backend, snapshot.at, switchedAt(snapshot.events, pool.name, name));
  const perSecond = rates.get(name) ?? 0;
  const isWeighed = usesWeights(pool.policy);
  const notWeighed = `Changes nothing under ${POLICY_WORDS[pool.policy].title.toLowerCase()}`;
  const colour = backendColour(index);
  const address = url.replace(/^http:\/\//, '');
  const errors = counters.errors + counters.byClass[4];
  return (
    <tr aria-label={name} data-standing={standing.tone}>
      <td>
        <Toggle
          label={`${name} in rotation`}
          isOn={admin === 'enabled'}
          onChange={(isOn) => void setAdmin(pool.name, name, isOn ? 'enabled' : 'disabled')}
        />
      </td>
      <td>
        <span className={styles.who}>
          <i className={styles.swatch} style={{ background: colour }} aria-hidden="true" />
          <span className={styles.names}>
            <span className={styles.name} title={name}>
              {name}
            </span>
            <Simulated faults={backend.faults.map(({ settings }) => faultTitle(settings))} />
            {address !== name && backend.faults.length === 0 && (
              <span className={`mono ${styles.url}`} title={url}>
                {address}
              </span>
            )}
          </span>
        </span>
      </td>
      <td>
        <span className={styles.health} title={standing.words}>
          <StandingMark tone={standing.tone} />
          <span className={styles.reason}>{standing.words}</span>
        </span>
      </td>
      <td>
        <UptimeStrip probes={probes} />
      </td>
      <td className={styles.number} data-quiet={!isWeighed} title={isWeighed ? undefined : notWeighed}>
        <WeightStepper pool={pool.name} backend={name} weight={weight} />
      </td>
      <td className={styles.number}>{formatCount(counters.inFlight)}</td>
      <td className={styles.number} data-figure="requests">
        {formatCount(counters.requests)}
      </td>
      <td className={styles.number}>{formatRate(perSecond)}</td>
      <td>
        <Sparkline values={sparkline(snapshot, pool.name, name, 60)} colour={colour} />
      </td>
      <td className={styles.number} data-bad={errors > 0} title={errorWords(backend)}>
        {formatCount(errors)}
      </td>
      <td className={styles.number}>{counters.latency ? formatMs(counters.latency.p95Ms) : '–'}</td>
      <td>
        <RowMenu pool={pool.name} backend={backend} />
      </td>
    </tr>
  );
}

function errorWords({ counters }: BackendSnapshot): string {
  const broken = formatCount(counters.errors);
  return `${broken} without a whole answer, ${formatCount(counters.byClass[4])} answered 500 or above`;
}
