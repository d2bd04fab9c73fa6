import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ConfigIssue } from '../../../shared/config.ts';
import styles from './config-screen.module.css';

interface Props {
  readonly issues: readonly ConfigIssue[];
  /** What is wrong with the file on disk. */
  readonly fileIssues: readonly ConfigIssue[];
  onPick(place: { readonly offset: number }): void;
}

/** Every message, with its place; a click goes there. */
export function IssueList({ issues, fileIssues, onPick }: Props) {
  const shown = issues.length > 0 ? issues : fileIssues;
  if (shown.length === 0) {
    return (
      <p className={styles.valid} role="status">
        <CircleCheck size={14} aria-hidden="true" />
        Valid
      </p>
    );
  }
  return (
    <ul className={styles.issues} aria-label="What is wrong" role="alert">
      {shown.map((issue) => (
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
