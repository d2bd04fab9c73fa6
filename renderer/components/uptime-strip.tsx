import { memo, useId, useRef, useState } from 'react';
import { PROBES_KEPT, type ProbeRecord } from '../../shared/view/snapshot.ts';
import { formatAge, formatMs } from '../stores/words.ts';
import styles from './uptime-strip.module.css';

const STEP = 1.5;
const BAR = 1;
const HEIGHT = 16;
/** A bar of a busy backend is shorter, and one that failed shorter still, so that neither is told by its colour alone. */
const TOP = { passed: 1, busy: 4, failed: 7, none: 1 } as const;

interface Props {
  /** Oldest first. */
  readonly probes: readonly ProbeRecord[];
  /** Of the backend. */
  readonly name: string;
  onOpen(name: string): void;
}

/**
 * The last sixty probes, oldest left: a full bar passed, a short red one failed, one in between found the backend busy. Each
 * says what came of it.
 */
export const UptimeStrip = memo(function UptimeStrip({ probes, name, onOpen }: Props) {
  const [pointed, setPointed] = useState<number | null>(null);
  const strip = useRef<HTMLButtonElement>(null);
  const tip = useId();
  const first = PROBES_KEPT - probes.length;
  const probe = pointed === null ? undefined : probes[pointed - first];
  const point = (clientX: number) => {
    const box = strip.current?.getBoundingClientRect();
    if (box) setPointed(Math.floor(((clientX - box.left) / box.width) * PROBES_KEPT));
  };
  return (
    <button
      ref={strip}
      type="button"
      className={styles.strip}
      aria-label={`${name}: ${stripWords(probes)}. Show its health history`}
      onClick={() => onOpen(name)}
      onPointerMove={(event) => point(event.clientX)}
      onPointerLeave={() => setPointed(null)}
    >
      <svg width={PROBES_KEPT * STEP} height={HEIGHT} aria-hidden="true">
        <path d={bars('none', (slot) => slot < first)} fill="var(--track)" />
        <path d={bars('passed', (slot) => probes[slot - first]?.passed === true)} fill="var(--ok)" />
        <path d={bars('busy', (slot) => isBusy(probes[slot - first]))} fill="var(--warn)" />
        <path d={bars('failed', (slot) => hasFailed(probes[slot - first]))} fill="var(--bad)" />
        {probe && pointed !== null && (
          <rect
            x={pointed * STEP - 0.4}
            y={0}
            width={BAR + 0.8}
            height={HEIGHT}
            fill="var(--ink-1)"
            opacity={0.35}
          />
        )}
      </svg>
      {probe && pointed !== null && (
        <span id={tip} role="tooltip" className={styles.tip} style={{ left: pointed * STEP }}>
          {probe.words}, {formatMs(probe.durationMs)}
          <span className={styles.age}>{formatAge(Date.now() - probe.at)} ago</span>
        </span>
      )}
    </button>
  );
});

function isBusy(probe: ProbeRecord | undefined): boolean {
  return probe?.cause?.kind === 'busy';
}

function hasFailed(probe: ProbeRecord | undefined): boolean {
  return probe?.passed === false && !isBusy(probe);
}

/** `58 of the last 60 probes passed`, `54 of the last 60 probes passed, 6 found it busy`. */
function stripWords(probes: readonly ProbeRecord[]): string {
  if (probes.length === 0) return 'no probe has ended yet';
  const passed = probes.filter((probe) => probe.passed).length;
  const last = probes.length === 1 ? 'the last probe' : `the last ${probes.length} probes`;
  const busy = probes.filter(isBusy).length;
  if (probes.length === 1) return `${last} ${passed ? 'passed' : busy ? 'found it busy' : 'failed'}`;
  return `${passed} of ${last} passed${busy > 0 ? `, ${busy} found it busy` : ''}`;
}

/** Sixty bars are three shapes: forty backends have sixty each. */
function bars(kind: keyof typeof TOP, isOne: (slot: number) => boolean): string {
  const top = TOP[kind];
  return Array.from({ length: PROBES_KEPT }, (_, slot) =>
    isOne(slot) ? `M${slot * STEP} ${top}h${BAR}V${HEIGHT - 1}h-${BAR}z` : '',
  ).join('');
}
