import { type ReactNode, useId } from 'react';
import card from '../pool/card.module.css';
import styles from './settings-screen.module.css';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
}

/** Settings that belong together. */
export function SettingsCard({ title, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h2 className={styles.heading} id={id}>
        {title}
      </h2>
      <div className={`${card.card} ${styles.rows}`}>{children}</div>
    </section>
  );
}
