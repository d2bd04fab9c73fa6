import { memo, type RefObject } from 'react';
import { isInRotation } from '../../../shared/view/rotation.ts';
import { StandingMark } from '../../components/standing-mark.tsx';
import { backendColour } from '../../stores/backend-colours.ts';
import type { LaneFigure, Reading } from '../../stores/figures.ts';
import { formatCount, formatPercent, type Standing, type Tone } from '../../stores/words.ts';
import { SimulatedAt } from '../faults/simulated.tsx';
import { addressOf } from './address-of.ts';
import styles from './distribution.module.css';

interface Props {
  readonly lane: LaneFigure;
  readonly index: number;
  /** How much of its track a share of 1 takes. */
  readonly scale: number;
  readonly standing: Standing;
  /** What it got in the second the chart reads out; null while it reads none. */
  readonly reading: Reading | null;
  /** Where it puts its own, by name. */
  readonly tracks: RefObject<Map<string, HTMLElement>>;
}

/** One backend's part of the requests, next to what it is owed; while it gets none the reason, over the part it had. */
export const Lane = memo(DrawnLane, isSame);

function DrawnLane({ lane, index, scale, standing, reading, tracks }: Props) {
  const { backend, requests, share, entitled } = lane;
  const isTried = standing.tone === 'tried';
  const isOut = !isInRotation(backend) && !isTried;
  const track = (element: HTMLElement | null) => {
    if (element) tracks.current.set(backend.name, element);
    else tracks.current.delete(backend.name);
  };
  const shareText = isOut && share === 0 ? formatShare(null) : formatShare(share);
  // What its checks say still counts while it is busy or tried anyway.
  const isTold = isOut || isTried || standing.tone === 'busy';
  const place = isTold ? standing.words : owedWords(lane);
  const address = addressOf(backend);
  const bar = {
    '--share': partOfTrack((share ?? 0) * scale),
    '--entitled': partOfTrack((entitled ?? 0) * scale),
    color: backendColour(index),
  };
  return (
    <li
      className={styles.lane}
      data-out={isOut}
      data-backend={backend.name}
      aria-label={`${backend.name}: ${formatCount(requests)} requests, ${shareText}, ${place}`}
    >
      <kbd
        className={index < 9 ? styles.key : styles.number}
        title={keyHint(index, backend.admin === 'enabled')}
      >
        {index + 1}
      </kbd>
      <span className={styles.who} title={`${backend.name}  ${backend.url}`}>
        <span className={styles.name}>{backend.name}</span>
        <SimulatedAt faults={backend.faults} />
        {isTold && !isOut && <StandingNote standing={standing} />}
        {address !== backend.name && backend.faults.length === 0 && (isOut || !isTold) && (
          <span className={`mono ${styles.url}`}>{address}</span>
        )}
      </span>
      <span
        ref={track}
        className={styles.track}
        style={bar}
        data-tone={isTold ? standing.tone : 'ok'}
        title={place}
      >
        {isOut ? (
          <>
            <span className={styles.reason}>{standing.words}</span>
            {share !== null && share > 0 && (
              <span className={styles.past}>
                <span className={styles.bar} />
              </span>
            )}
          </>
        ) : (
          <>
            <span className={styles.well}>
              <span className={styles.bar} />
            </span>
            {entitled !== null && <span className={styles.entitled} />}
          </>
        )}
      </span>
      <span className={styles.count}>
        <span className={styles.figure}>{formatCount(reading?.requests ?? requests)}</span>
      </span>
      <span className={styles.share}>
        <span className={styles.figure}>{reading ? formatShare(reading.share) : shareText}</span>
      </span>
    </li>
  );
}

const NOTES: Partial<Readonly<Record<Tone, string>>> = { busy: 'busy', tried: 'tried anyway' };

/** That it gets requests although its checks are not passed; why is under the pointer. */
function StandingNote({ standing: { tone, words } }: { readonly standing: Standing }) {
  return (
    <span className={styles.note} title={words}>
      <StandingMark tone={tone} />
      {NOTES[tone]}
    </span>
  );
}

/** Forty lanes are not drawn anew four times a second when nothing has happened on them. */
function isSame(one: Props, other: Props): boolean {
  return (
    one.lane.backend === other.lane.backend &&
    one.lane.requests === other.lane.requests &&
    one.lane.share === other.lane.share &&
    one.lane.entitled === other.lane.entitled &&
    one.index === other.index &&
    one.scale === other.scale &&
    one.standing.tone === other.standing.tone &&
    one.standing.words === other.standing.words &&
    one.reading?.requests === other.reading?.requests &&
    one.reading?.share === other.reading?.share
  );
}

function formatShare(share: number | null): string {
  return share === null ? '–' : formatPercent(share);
}

/** In halves of a percent: a bar that moves by less is not worth a transition four times a second. */
function partOfTrack(part: number): string {
  return `${Math.round(part * 200) / 2}%`;
}

function owedWords({ backend, entitled }: LaneFigure): string {
  if (backend.isBackup && entitled === 0) return 'a backup, standing by';
  return entitled === null ? 'as the traffic has it' : `fair share ${formatPercent(entitled)}`;
}

function keyHint(index: number, isOn: boolean): string | undefined {
  return index < 9 ? `Press ${index + 1} to switch it ${isOn ? 'off' : 'on'}` : undefined;
}
