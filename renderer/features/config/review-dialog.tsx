import { useEffect, useMemo, useState } from 'react';
import type { ConfigFailure, ConfigReview } from '../../../shared/config/config-document.ts';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import { countRows, diffRows } from './diff-lines.ts';
import { DiffView } from './diff-view.tsx';
import styles from './review.module.css';

interface Props {
  /** What is compared: the text on disk, and the one that would go there. */
  readonly before: string;
  readonly after: string;
  /** Nothing to apply: the two are only to be looked at. */
  readonly isForReading: boolean;
  /** @returns why it was not applied, or null */
  onApply(): Promise<ConfigFailure | null>;
  /** Where it could be applied but not be saved: to another file. */
  onSaveAs(): void;
  onClose(): void;
}

/** What changes, line by line and in words, before it does. Loaded when it is first shown. */
export default function ReviewDialog({ before, after, isForReading, onApply, onSaveAs, onClose }: Props) {
  const reviewConfig = useApp((state) => state.reviewConfig);
  const [review, setReview] = useState<ConfigReview | null>(null);
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const [isApplying, setApplying] = useState(false);
  const rows = useMemo(() => diffRows(before, after), [before, after]);
  const { removed, added } = countRows(rows);
  useEffect(() => {
    let isCurrent = true;
    void reviewConfig(after).then((answer) => {
      if (isCurrent && answer.ok) setReview(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [after, reviewConfig]);
  const apply = async () => {
    if (isApplying) return;
    setApplying(true);
    const why = await onApply();
    setApplying(false);
    setFailure(why);
  };
  return (
    <Modal
      title={isForReading ? 'What differs' : 'Review changes'}
      {...(isForReading ? { lead: 'Minus is the config as it is now, plus is what you have typed.' } : {})}
      isWidest
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the button below */}
      <div
        className={styles.body}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isForReading) return;
          event.preventDefault();
          void apply();
        }}
      >
        {review && <Meaning review={review} />}
        <DiffView rows={rows} />
        {failure !== null && (
          <p className={styles.failure} role="alert">
            {failureWords(failure)}
          </p>
        )}
        <div className={styles.footer}>
          <span className={styles.count}>
            {lines(added)} added, {lines(removed)} removed
          </span>
          <Button onClick={onClose}>{isForReading ? 'Close' : 'Back to editing'}</Button>
          {failure?.code === 'not-saved' && <Button onClick={onSaveAs}>Save as…</Button>}
          {!isForReading && (
            <Button look="accent" autoFocus disabled={isApplying} onClick={() => void apply()}>
              Apply
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

function Meaning({ review: { changes, effects } }: { readonly review: ConfigReview }) {
  return (
    <section className={styles.means} aria-label="In words">
      <h3>What changes</h3>
      <ul>
        {changes.length === 0 ? (
          <li>Only comments and layout: the balancer goes on as it is.</li>
        ) : (
          changes.map((words) => <li key={words}>{words}</li>)
        )}
      </ul>
      {effects.length > 0 && (
        <>
          <h3>What happens then</h3>
          <ul className={styles.effects}>
            {effects.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
