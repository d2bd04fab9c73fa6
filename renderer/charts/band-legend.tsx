import { useApp } from '../stores/use-app.ts';
import { BandKey } from './band-key.tsx';
import styles from './band-legend.module.css';
import { type Band, bandName } from './chart-bands.ts';

interface Props {
  readonly bands: readonly Band[];
  /** Of all backends. */
  readonly names: readonly string[];
}

/** Whose areas are drawn, where not every backend has one; where all have, the lanes say it. */
export function BandLegend({ bands, names }: Props) {
  const pointed = useApp((state) => state.pointedBackend);
  if (!bands.includes('others')) return null;
  return (
    <ul
      className={styles.legend}
      aria-label="Backends with an area of their own"
      title="The busiest have an area of their own, and the one that is pointed at in the lanes or the table"
    >
      {bands.map((band) => (
        <li key={band} className={styles.band} data-pointed={band !== 'others' && names[band] === pointed}>
          <BandKey band={band} />
          <span className={styles.name}>{bandName(band, bands, names)}</span>
        </li>
      ))}
    </ul>
  );
}
