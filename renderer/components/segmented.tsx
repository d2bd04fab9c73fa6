import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { LucideIcon } from 'lucide-react';
import styles from './segmented.module.css';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  /** Drawn instead of the label, which is then the name and the tooltip. */
  readonly Icon?: LucideIcon;
}

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<NoInfer<T>>[];
  onChange(value: NoInfer<T>): void;
}

/** A choice of a few, all in sight. */
export function Segmented<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <ToggleGroup
      className={styles.group}
      aria-label={label}
      value={[value]}
      onValueChange={(values) => {
        const chosen = options.find((option) => values.includes(option.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map(({ value: own, label: words, Icon }) => (
        <Toggle
          key={own}
          value={own}
          className={styles.option}
          aria-label={Icon && words}
          title={Icon && words}
        >
          {Icon ? <Icon size={14} aria-hidden="true" /> : words}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
