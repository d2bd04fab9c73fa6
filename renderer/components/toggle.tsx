import { Switch } from '@base-ui/react/switch';
import styles from './toggle.module.css';

interface Props {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  onChange(isOn: boolean): void;
}

/** An on/off switch that shows what is, not what was asked for. */
export function Toggle({ label, isOn, isDisabled = false, onChange }: Props) {
  return (
    <Switch.Root
      className={styles.root}
      aria-label={label}
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className={styles.thumb} />
    </Switch.Root>
  );
}
