import { lazy, Suspense, useEffect, useState } from 'react';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import { Segmented } from '../../components/segmented.tsx';
import { type ConfigView, loadConfigView, saveConfigView } from '../../stores/preferences.ts';
import { useApp } from '../../stores/use-app.ts';
import { ConfigHeader } from './config-header.tsx';
import { ConfigNews } from './config-news.tsx';
import styles from './config-screen.module.css';
import { IssueList } from './issue-list.tsx';
import { useChecked } from './use-checked.ts';

const ConfigForm = lazy(() => import('./form/config-form.tsx'));
const JsonEditor = lazy(() => import('./json-editor.tsx'));
const ReviewDialog = lazy(() => import('./review-dialog.tsx'));

const VIEWS = [
  { value: 'form', label: 'Form' },
  { value: 'both', label: 'Both' },
  { value: 'json', label: 'JSON' },
] as const;

/**
 * The config as a form and as text, one the other's mirror: what is wrong with it shown where it is wrong, and nothing in
 * force before *Apply*.
 */
export default function ConfigScreen() {
  const config = useApp((state) => state.config);
  const draft = useApp((state) => state.draft);
  const applyConfig = useApp((state) => state.applyConfig);
  const writeDraft = useApp((state) => state.writeDraft);
  const dropDraft = useApp((state) => state.dropDraft);
  const saveConfigAs = useApp((state) => state.saveConfigAs);
  const toast = useApp((state) => state.toast);
  const step = useApp((state) => state.stepConfig);
  const text = draft?.text ?? config.text;
  const [checked, setChecked] = useChecked(text);
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const [jumpTo, setJumpTo] = useState<{ readonly offset: number } | null>(null);
  const [view, setView] = useState(loadConfigView);
  const [shown, setShown] = useState<'review' | 'difference' | null>(null);
  const issues = checked?.issues ?? [];
  const isValid = checked?.text === text && issues.length === 0;
  const isBehind = draft !== null && draft.base.revision !== config.revision;
  // A file that is invalid on disk can be written over with what runs.
  const canApply = (draft !== null || config.fileIssues.length > 0) && issues.length === 0 && !isBehind;

  const showAs = (next: ConfigView) => {
    saveConfigView(next);
    setView(next);
    // An editor that is made anew would go there again, and take the focus along.
    setJumpTo(null);
  };
  const jump = (place: { readonly offset: number }) => {
    if (view === 'form') showAs('both');
    setJumpTo(place);
  };
  // Asked for before the last key was checked, the review comes when nothing is found to be wrong.
  const [wanted, setWanted] = useState<string | null>(null);
  const isChecked = checked?.text === text;
  const review = () => {
    if (!isChecked) setWanted(text);
    else if (canApply) setShown('review');
  };
  useEffect(() => {
    if (wanted === null || (wanted === text && !isChecked)) return;
    setWanted(null);
    if (wanted === text && canApply) setShown('review');
  }, [wanted, text, isChecked, canApply]);
  /** @returns why not, where the dialog has to say so */
  const apply = async (): Promise<ConfigFailure | null> => {
    const result = await applyConfig(text, (draft?.base ?? config).revision);
    setFailure(null);
    if (result.ok) {
      setShown(null);
      const words = result.value.path ? 'Applied and saved.' : 'Applied.';
      const undo = () => void step('undo', result.value.revision);
      toast({ tone: 'plain', words, ...(result.value.undo === undefined ? {} : { undo }) });
      return null;
    }
    if (result.error.code === 'invalid') {
      setShown(null);
      setChecked({ text, issues: result.error.issues });
      return null;
    }
    setFailure(result.error);
    return result.error;
  };
  const saveAs = async () => {
    setShown(null);
    setFailure(null);
    await saveConfigAs();
  };

  return (
    <div className={styles.screen}>
      <ConfigHeader
        canApply={canApply}
        canSave={isValid && !isBehind}
        onReview={review}
        onRevert={() => {
          dropDraft();
          setFailure(null);
        }}
      />
      <ConfigNews
        isTextValid={isValid}
        failure={failure}
        onCompare={() => setShown('difference')}
        onSaveAs={() => void saveAs()}
      />
      <div className={styles.halves}>
        {view !== 'json' && (
          <div className={styles.form}>
            <Suspense>
              <ConfigForm text={text} issues={issues} onChange={writeDraft} onJump={jump} />
            </Suspense>
          </div>
        )}
        {view !== 'form' && (
          <div className={styles.editor}>
            <Suspense fallback={<pre className={`mono ${styles.loading}`}>{text}</pre>}>
              <JsonEditor
                text={text}
                issues={issues}
                jumpTo={jumpTo}
                onChange={writeDraft}
                onApply={review}
              />
            </Suspense>
          </div>
        )}
      </div>
      <div className={styles.footer}>
        <IssueList issues={checked && issues} onPick={jump} />
        {view !== 'form' && <span className={styles.keys}>Ctrl Space completes, Esc then Tab leaves</span>}
        <Segmented label="Show the config as" value={view} options={VIEWS} onChange={showAs} />
      </div>
      {shown && (
        <Suspense>
          <ReviewDialog
            before={shown === 'review' ? (config.fileText ?? config.text) : config.text}
            after={text}
            isForReading={shown === 'difference'}
            onApply={apply}
            onSaveAs={() => void saveAs()}
            onClose={() => setShown(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
