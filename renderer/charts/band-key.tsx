import { backendColour } from '../stores/backend-colours.ts';
import styles from './band-key.module.css';
import type { Band } from './chart-bands.ts';

/** The colour of an area, beside the name of whose it is. */
export function BandKey({ band }: { readonly band: Band }) {
  const colour = band === 'others' ? undefined : { background: backendColour(band) };
  return <i className={styles.key} style={colour} aria-hidden="true" />;
}
