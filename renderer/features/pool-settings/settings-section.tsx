import { type ReactNode, useId } from 'react';
import styles from './pool-settings.module.css';

interface Props {
  readonly title: string;
  readonly line: string;
  /** At the end of its head: a switch, a button. */
  readonly end?: ReactNode;
  readonly children?: ReactNode;
}

/** Settings that belong together, under a line that says what they are for. */
export function SettingsSection({ title, line, end, children }: Props) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.head}>
        <div>
          <h3 className={styles.title} id={id}>
            {title}
          </h3>
          <p className={styles.line}>{line}</p>
        </div>
        {end}
      </header>
      {children && <div className={styles.fields}>{children}</div>}
    </section>
  );
}
