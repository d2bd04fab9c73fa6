import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ConfigIssue } from '../../../shared/config/config.ts';
import styles from './config-screen.module.css';

interface Props {
  /** Null while the text has not been looked at. */
  readonly issues: readonly ConfigIssue[] | null;
  onPick(place: { readonly offset: number }): void;
}

/** Every message, with its place; a click goes there. */
export function IssueList({ issues, onPick }: Props) {
  if (issues === null) return <p className={styles.valid} />;
  if (issues.length === 0) {
    return (
      <p className={styles.valid} role="status">
        <CircleCheck size={14} aria-hidden="true" />
        Valid
      </p>
    );
  }
  return (
    <ul className={styles.issues} aria-label="What is wrong" aria-live="polite">
      {issues.map((issue) => (
        <li key={`${issue.offset}${issue.message}`}>
          <button
            type="button"
            className={styles.issue}
            onClick={() => onPick({ offset: issue.offset ?? 0 })}
          >
            <CircleAlert size={14} aria-hidden="true" />
            <span className={styles.message}>{issue.message}</span>
            {issue.line !== undefined && (
              <span className={styles.place}>
                {issue.line}:{issue.column}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
