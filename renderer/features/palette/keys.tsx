import { keysOf } from '../../../shared/actions/shortcut-words.ts';
import styles from './keys.module.css';

interface Props {
  /** As Electron writes it; null for no shortcut. */
  readonly accelerator: string | null;
  readonly isMac: boolean;
}

/** A shortcut as the keys to press. */
export function Keys({ accelerator, isMac }: Props) {
  if (accelerator === null) return null;
  return (
    <span className={styles.keys}>
      {keysOf(accelerator, isMac).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
