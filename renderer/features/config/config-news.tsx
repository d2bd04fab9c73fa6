import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import { Button } from '../../components/button.tsx';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import styles from './config-screen.module.css';

interface Props {
  /** Whether the text in the editor could be applied. */
  readonly isTextValid: boolean;
  /** Why the last *Apply* did not work. */
  readonly failure: ConfigFailure | null;
  onCompare(): void;
  onSaveAs(): void;
}

/** What the text alone does not tell: somebody else's changes, and a file that cannot be used. */
export function ConfigNews({ isTextValid, failure, onCompare, onSaveAs }: Props) {
  const config = useApp((state) => state.config);
  const isEdited = useApp((state) => state.draft !== null);
  const isBehind = useApp(({ draft }) => draft !== null && draft.base.revision !== config.revision);
  const dropDraft = useApp((state) => state.dropDraft);
  const rebaseDraft = useApp((state) => state.rebaseDraft);
  const writeDraft = useApp((state) => state.writeDraft);
  const { fileText } = config;
  const [issue, ...others] = config.fileIssues;
  return (
    <>
      {isBehind && (
        <News>
          The config was changed elsewhere while you were editing.
          <span className={styles.choices}>
            <Button onClick={onCompare}>Show what differs</Button>
            <Button onClick={dropDraft}>{config.path ? 'Take the file’s' : 'Take theirs'}</Button>
            <Button onClick={rebaseDraft}>Keep mine</Button>
          </span>
        </News>
      )}
      {/* While the text itself is wrong, that is said at the field, below. */}
      {issue && isTextValid && (
        <News>
          <span>
            <strong>The file on disk cannot be used:</strong> {issue.message}
            {issue.line === undefined ? '' : ` (line ${issue.line}, column ${issue.column})`}
            {others.length > 0 && ` And ${others.length} more.`} Below is what runs; applying it writes it
            over the file.
          </span>
          {fileText !== undefined && !isEdited && (
            <span className={styles.choices}>
              <Button onClick={() => writeDraft(fileText)}>Mend it here</Button>
            </span>
          )}
        </News>
      )}
      {failure !== null && !isBehind && (
        <News>
          {failureWords(failure)}
          {failure.code === 'not-saved' && (
            <span className={styles.choices}>
              <Button onClick={onSaveAs}>Save as…</Button>
            </span>
          )}
        </News>
      )}
    </>
  );
}

function News({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.news} role="alert">
      <CircleAlert size={15} aria-hidden="true" />
      {children}
    </div>
  );
}
