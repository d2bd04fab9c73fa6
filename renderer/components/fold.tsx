import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './fold.module.css';

interface Props {
  readonly title: string;
  /** Open by itself, for as long as that is so; otherwise as the user has it. */
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}

/** The part of a form that most do without. */
export function Fold({ title, isOpen, children }: Props) {
  return (
    <details className={styles.fold} open={isOpen || undefined}>
      <summary className={styles.summary}>
        <ChevronRight size={14} className={styles.arrow} aria-hidden="true" />
        {title}
      </summary>
      {children}
    </details>
  );
}
