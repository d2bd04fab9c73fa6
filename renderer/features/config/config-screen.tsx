import { lazy, Suspense, useState } from 'react';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import { ConfigHeader } from './config-header.tsx';
import { ConfigNews } from './config-news.tsx';
import styles from './config-screen.module.css';
import { IssueList } from './issue-list.tsx';
import { useChecked } from './use-checked.ts';

const JsonEditor = lazy(() => import('./json-editor.tsx'));

/** The config as text: what is wrong with it shown where it is wrong, and nothing in force before *Apply*. */
export function ConfigScreen() {
  const config = useApp((state) => state.config);
  const draft = useApp((state) => state.draft);
  const applyConfig = useApp((state) => state.applyConfig);
  const writeDraft = useApp((state) => state.writeDraft);
  const dropDraft = useApp((state) => state.dropDraft);
  const toast = useApp((state) => state.toast);
  const text = draft?.text ?? config.text;
  const [checked, setChecked] = useChecked(text);
  const [failure, setFailure] = useState<string | null>(null);
  const [jumpTo, setJumpTo] = useState<{ readonly offset: number } | null>(null);
  const issues = checked?.issues ?? [];
  const isBehind = draft !== null && draft.base.revision !== config.revision;
  // A file that is invalid on disk can be written over with what runs.
  const canApply = (draft !== null || config.fileIssues.length > 0) && issues.length === 0 && !isBehind;

  const apply = async () => {
    if (!canApply) return;
    const result = await applyConfig(text, (draft?.base ?? config).revision);
    if (result.ok) {
      dropDraft();
      setFailure(null);
      toast({ tone: 'plain', words: result.value.path ? 'Applied and saved.' : 'Applied.' });
    } else if (result.error.code === 'invalid') {
      setChecked({ text, issues: result.error.issues });
    } else {
      setFailure(failureWords(result.error));
    }
  };

  return (
    <div className={styles.screen}>
      <ConfigHeader
        canApply={canApply}
        onApply={() => void apply()}
        onRevert={() => {
          dropDraft();
          setFailure(null);
        }}
      />
      <ConfigNews isTextValid={checked?.text === text && issues.length === 0} failure={failure} />
      <div className={styles.editor}>
        <Suspense fallback={<pre className={`mono ${styles.loading}`}>{text}</pre>}>
          <JsonEditor
            text={text}
            issues={issues}
            jumpTo={jumpTo}
            onChange={writeDraft}
            onApply={() => void apply()}
          />
        </Suspense>
      </div>
      <IssueList issues={checked && issues} onPick={setJumpTo} />
    </div>
  );
}
