import { memo, useCallback } from 'react';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Sparkline } from '../../components/sparkline.tsx';
import { StandingMark } from '../../components/standing-mark.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { UptimeStrip } from '../../components/uptime-strip.tsx';
import { backendColour } from '../../stores/backend-colours.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount, formatMs, formatRate, type Tone } from '../../stores/words.ts';
import { SimulatedAt } from '../faults/simulated.tsx';
import { addressOf } from './address-of.ts';
import { BackendName } from './backend-name.tsx';
import styles from './backends-table.module.css';
import { RowMenu } from './row-menu.tsx';
import { WeightStepper } from './weight-stepper.tsx';

interface Props {
  readonly pool: string;
  /** Why weights change nothing; null where they do. */
  readonly weightNote: string | null;
  readonly backend: BackendSnapshot;
  /** Its place in the config, which its colour goes by. */
  readonly index: number;
  readonly tone: Tone;
  readonly words: string;
  readonly perSecond: number;
  /** Requests in each of the last sixty seconds. */
  readonly line: readonly number[];
  readonly isSelected: boolean;
  onSelect(name: string, isRange: boolean): void;
}

/** Drawn again only when something of it has changed. */
export const BackendRow = memo(function BackendRow(props: Props) {
  const { pool, weightNote, backend, index, perSecond, line, isSelected, onSelect } = props;
  const openDialog = useApp((state) => state.openDialog);
  const openHistory = useCallback((of: string) => openDialog('health-history', of), [openDialog]);
  const { name, weight, admin, counters, probes } = backend;
  const colour = backendColour(index);
  const errors = counters.errors + counters.byClass[4];
  return (
    <tr aria-label={name} aria-selected={isSelected} data-standing={props.tone} data-backend={name}>
      <td className={styles.check}>
        <SelectBox name={name} isSelected={isSelected} onSelect={onSelect} />
      </td>
      <td>
        <RotationToggle pool={pool} name={name} isOn={admin === 'enabled'} />
      </td>
      <td>
        <Who pool={pool} backend={backend} colour={colour} />
      </td>
      <td>
        <span className={styles.health} title={props.words}>
          <StandingMark tone={props.tone} />
          <span className={styles.reason}>{props.words}</span>
        </span>
      </td>
      <td data-column="uptime">
        <UptimeStrip probes={probes} name={name} onOpen={openHistory} />
      </td>
      <td
        className={styles.number}
        data-column="weight"
        data-quiet={weightNote !== null}
        title={weightNote ?? undefined}
      >
        <WeightStepper pool={pool} backend={name} weight={weight} />
      </td>
      <td className={styles.number} data-column="inFlight">
        <span className={styles.figure}>{formatCount(counters.inFlight)}</span>
      </td>
      <td className={styles.number} data-column="requests" data-figure="requests">
        <span className={styles.figure}>{formatCount(counters.requests)}</span>
      </td>
      <td className={styles.number} data-column="rate">
        <span className={`${styles.figure} ${styles.rate}`}>
          <Sparkline values={line} colour={colour} />
          <span className={styles.perSecond}>{formatRate(perSecond)}</span>
        </span>
      </td>
      <td className={styles.number} data-bad={errors > 0} title={errorWords(backend)}>
        <span className={styles.figure}>{formatCount(errors)}</span>
      </td>
      <td className={styles.number}>
        <span className={styles.figure}>{counters.latency ? formatMs(counters.latency.p95Ms) : '–'}</span>
      </td>
      <td>
        <RowMenu pool={pool} backend={backend} />
      </td>
    </tr>
  );
});

type SelectProps = Pick<Props, 'isSelected' | 'onSelect'> & { readonly name: string };

const SelectBox = memo(function SelectBox({ name, isSelected, onSelect }: SelectProps) {
  return (
    <Checkbox
      label={`Select ${name}`}
      isOn={isSelected}
      onChange={(_isOn, hasShift) => onSelect(name, hasShift)}
    />
  );
});

interface RotationProps {
  readonly pool: string;
  readonly name: string;
  readonly isOn: boolean;
}

const RotationToggle = memo(function RotationToggle({ pool, name, isOn }: RotationProps) {
  const setAdmin = useApp((state) => state.setAdmin);
  return (
    <Toggle
      label={`${name} in rotation`}
      isOn={isOn}
      onChange={(on) => void setAdmin(pool, name, on ? 'enabled' : 'disabled')}
    />
  );
});

interface WhoProps {
  readonly pool: string;
  readonly backend: BackendSnapshot;
  readonly colour: string;
}

/** Who it is stays as it is while its figures change. */
const Who = memo(
  DrawnWho,
  (before, after) =>
    before.pool === after.pool &&
    before.colour === after.colour &&
    WRITTEN.every((of) => before.backend[of] === after.backend[of]) &&
    faultWords(before.backend) === faultWords(after.backend),
);

const WRITTEN = ['name', 'url', 'weight', 'maxConnections', 'isBackup'] as const;

const faultWords = ({ faults }: BackendSnapshot) => faults.map(({ text }) => text).join();

function DrawnWho({ pool, backend, colour }: WhoProps) {
  const { name, url, faults } = backend;
  const address = addressOf(backend);
  return (
    <span className={styles.who}>
      <i className={styles.swatch} style={{ background: colour }} aria-hidden="true" />
      <span className={styles.names}>
        <BackendName pool={pool} backend={backend} />
        <SimulatedAt faults={faults} />
        {address !== name && faults.length === 0 && (
          <span className={`mono ${styles.url}`} title={url}>
            <bdi>{address}</bdi>
          </span>
        )}
      </span>
    </span>
  );
}

function errorWords({ counters }: BackendSnapshot): string {
  const broken = formatCount(counters.errors);
  return `${broken} without a whole answer, ${formatCount(counters.byClass[4])} answered 500 or above`;
}
