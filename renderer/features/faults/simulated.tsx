import { StandingMark } from '../../components/standing-mark.tsx';
import styles from './faults.module.css';

/** Says that something is not real: what is simulated at a backend, or was at an attempt. */
export function Simulated({ faults }: { readonly faults: readonly string[] }) {
  if (faults.length === 0) return null;
  const words = faults.join(', ');
  return (
    <span className={styles.chip} title={`Simulated: ${words}`}>
      <StandingMark tone="simulated" />
      <span>{words}</span>
    </span>
  );
}
