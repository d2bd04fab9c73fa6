import { useEffect, useRef } from 'react';
import styles from './checkbox.module.css';

interface Props {
  /** Read out with the box; what stands beside it is for the eye. */
  readonly label: string;
  readonly isOn: boolean;
  /** Some of what it stands for, not all. */
  readonly isPartly?: boolean;
  readonly isDisabled?: boolean;
  onChange(isOn: boolean): void;
}

/** The system's own box, in the colours of the theme. */
export function Checkbox({ label, isOn, isPartly = false, isDisabled = false, onChange }: Props) {
  const box = useRef<HTMLInputElement>(null);
  // There is no attribute for it.
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPartly;
  }, [isPartly]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={isOn}
      disabled={isDisabled}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
