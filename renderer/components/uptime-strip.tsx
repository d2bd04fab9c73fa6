import { memo } from 'react';
import type { ProbeRecord } from '../../shared/snapshot.ts';

const SHOWN = 30;
const STEP = 3.6;

/** The last probes, oldest left: a full bar passed, a short red one failed. */
export const UptimeStrip = memo(function UptimeStrip({
  probes,
}: {
  readonly probes: readonly ProbeRecord[];
}) {
  const shown = probes.slice(-SHOWN);
  const failed = shown.filter((probe) => !probe.passed).length;
  const label = `${shown.length - failed} of the last ${shown.length} probes passed`;
  return (
    <svg width={SHOWN * STEP} height="14" role="img" aria-label={label}>
      <title>{label}</title>
      {Array.from({ length: SHOWN }, (_, slot) => {
        const probe = shown[slot - (SHOWN - shown.length)];
        const [colour, top] = !probe
          ? ['var(--track)', 1]
          : probe.passed
            ? ['var(--ok)', 1]
            : ['var(--bad)', 5];
        // A slot is its place in the strip, and stays it.
        // biome-ignore lint/suspicious/noArrayIndexKey: slots are never reordered
        return <rect key={slot} x={slot * STEP} y={top} width="2.4" height={13 - top} rx="1" fill={colour} />;
      })}
    </svg>
  );
});
