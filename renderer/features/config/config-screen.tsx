import { FolderOpen } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { ConfigIssue } from '../../../shared/config.ts';
import { Button } from '../../components/button.tsx';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import styles from './config-screen.module.css';
import { IssueList } from './issue-list.tsx';

const JsonEditor = lazy(() => import('./json-editor.tsx'));
const CHECK_AFTER_MS = 200;

/** The config as text: what is wrong with it shown where it is wrong, and nothing in force before *Apply*. */
export function ConfigScreen() {
  const config = useApp((state) => state.config);
  const applyConfig = useApp((state) => state.applyConfig);
  const check = useApp((state) => state.checkConfig);
  const openFile = useApp((state) => state.openConfigFile);
  const [text, setText] = useState(config.text);
  const [base, setBase] = useState(config);
  const [issues, setIssues] = useState<readonly ConfigIssue[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [jumpTo, setJumpTo] = useState<{ readonly offset: number } | null>(null);
  const isEdited = text !== base.text;
  const isBehind = config.revision !== base.revision;

  const take = () => {
    setBase(config);
    setText(config.text);
    setFailure(null);
  };
  // Somebody else's change is taken at once, unless it would cost the user what they typed.
  if (isBehind && !isEdited) take();

  useEffect(() => {
    const timer = setTimeout(() => void check(text).then(setIssues), CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, check]);

  const apply = async () => {
    const result = await applyConfig(text, base.revision);
    if (result.ok) {
      setBase(result.value);
      setFailure(null);
    } else if (result.error.code === 'invalid') {
      setIssues(result.error.issues);
    } else {
      setFailure(failureWords(result.error));
    }
  };

  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>Config</h1>
        <span className={styles.path} title={config.path ?? undefined}>
          {config.path ?? 'Demo, not saved: it becomes yours when you name your own servers'}
        </span>
        {isEdited && <span className={styles.edited}>not applied yet</span>}
        <span className={styles.actions}>
          <Button onClick={() => void openFile(null)}>
            <FolderOpen size={15} aria-hidden="true" />
            Open…
          </Button>
          <Button disabled={!isEdited} onClick={take}>
            Revert
          </Button>
          <Button look="accent" disabled={!isEdited || issues.length > 0} onClick={() => void apply()}>
            Apply
          </Button>
        </span>
      </header>
      {isBehind && isEdited && (
        <p className={styles.conflict} role="alert">
          The config was changed elsewhere while you were editing.
          <Button onClick={take}>Take theirs</Button>
          <Button onClick={() => setBase({ ...config, text: base.text })}>Keep mine</Button>
        </p>
      )}
      {failure !== null && (
        <p className={styles.conflict} role="alert">
          {failure}
        </p>
      )}
      <div className={styles.editor}>
        <Suspense fallback={<pre className={`mono ${styles.loading}`}>{text}</pre>}>
          <JsonEditor
            text={text}
            issues={issues}
            jumpTo={jumpTo}
            onChange={setText}
            onApply={() => void apply()}
          />
        </Suspense>
      </div>
      <IssueList issues={issues} fileIssues={isEdited ? [] : config.fileIssues} onPick={setJumpTo} />
    </div>
  );
}
