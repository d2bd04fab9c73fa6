import type { ActiveFault } from '../../../shared/view/active-fault.ts';
import { StandingMark } from '../../components/standing-mark.tsx';
import styles from './faults.module.css';
import { faultLabel, saidFault } from './said-fault.ts';

interface Props {
  readonly faults: readonly string[];
  /** The same in full. */
  readonly words?: readonly string[];
}

/** Says that something is not real: what is simulated at a backend, or was at an attempt. */
export function Simulated({ faults, words = faults }: Props) {
  if (faults.length === 0) return null;
  return (
    <span className={styles.chip} title={`Simulated: ${words.join(', ')}`}>
      <StandingMark tone="simulated" />
      <span>{faults.join(', ')}</span>
    </span>
  );
}

/** The faults a backend has now: each in a word or two, in full under the pointer. */
export function SimulatedAt({ faults }: { readonly faults: readonly ActiveFault[] }) {
  const [first, ...more] = faults.map(({ settings }) => faultLabel(settings));
  // There is room for one of them.
  const label = more.length === 0 ? first : `${first} +${more.length}`;
  return (
    <Simulated
      faults={label === undefined ? [] : [label]}
      words={faults.map(({ settings }) => saidFault(settings))}
    />
  );
}
