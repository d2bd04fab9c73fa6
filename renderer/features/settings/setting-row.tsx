import type { ReactNode } from 'react';
import styles from './settings-screen.module.css';

interface Props {
  readonly title: string;
  /** What it does, in a sentence. */
  readonly line: string;
  /** Why it was refused, or cannot be had. */
  readonly error?: string | null;
  /** What it is set with, at the row's end; nothing where there is no choice. */
  readonly children?: ReactNode;
}

/** One setting: what it is on the left, what it is set with on the right. */
export function SettingRow({ title, line, error = null, children }: Props) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <h3 className={styles.name}>{title}</h3>
        <p className={styles.line}>{line}</p>
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
