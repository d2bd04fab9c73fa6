import { useEffect, useRef } from 'react';
import styles from './checkbox.module.css';

interface Props {
  /** Read out with the box; what stands beside it is for the eye. */
  readonly label: string;
  readonly isOn: boolean;
  /** Some of what it stands for, not all. */
  readonly isPartly?: boolean;
  readonly isDisabled?: boolean;
  /** @param hasShift whether the key was held: where it stands for all between two boxes */
  onChange(isOn: boolean, hasShift: boolean): void;
}

/** A real box of the system for keys and screen readers, drawn as the theme has it. */
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
      onChange={({ target, nativeEvent }) =>
        onChange(target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
      }
    />
  );
}
