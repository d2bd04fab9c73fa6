import { Redo2, Undo2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './config-screen.module.css';
import { FileMenu } from './file-menu.tsx';

interface Props {
  readonly canApply: boolean;
  /** Whether the text could be applied as it is, changed or not. */
  readonly canSave: boolean;
  onReview(): void;
  onRevert(): void;
}

/** Which file this is, whether it has been changed here, and what to do with the change. */
export function ConfigHeader({ canApply, canSave, onReview, onRevert }: Props) {
  const path = useApp((state) => state.config.path);
  const isEdited = useApp((state) => state.draft !== null);
  const reviewKeys = useApp((state) => (state.platform === 'darwin' ? '⌘ Enter' : 'Ctrl Enter'));
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>Config</h1>
      <span className={styles.path} title={path ?? undefined}>
        {path === null ? (
          'Demo, not saved: it becomes a file when you name your own servers'
        ) : (
          // The end of a path says more than its start.
          <bdi>{path}</bdi>
        )}
      </span>
      {isEdited && <span className={styles.edited}>not applied yet</span>}
      <span className={styles.actions}>
        <Step direction="undo" isEdited={isEdited} />
        <Step direction="redo" isEdited={isEdited} />
        <FileMenu canSave={canSave} />
        <Button disabled={!isEdited} onClick={onRevert}>
          Revert
        </Button>
        <Button
          look="accent"
          disabled={!canApply}
          onClick={onReview}
          title={`See what changes, then apply (${reviewKeys})`}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          Review changes
        </Button>
      </span>
    </header>
  );
}

const STEPS = { undo: ['Undo change', Undo2], redo: ['Redo change', Redo2] } as const;

/** Changes in force, one by one; what is only typed is the editor's to undo. */
function Step({ direction, isEdited }: { readonly direction: 'undo' | 'redo'; readonly isEdited: boolean }) {
  const change = useApp((state) => state.config[direction]);
  const step = useApp((state) => state.stepConfig);
  const [words, Icon] = STEPS[direction];
  const title =
    change === undefined
      ? `${words}: there is none`
      : isEdited
        ? `${words}: apply or revert what you have typed first`
        : `${words}: ${change}`;
  return (
    <Button
      look="icon"
      className={styles.step ?? ''}
      title={title}
      aria-label={title}
      disabled={change === undefined || isEdited}
      onClick={() => void step(direction)}
    >
      <Icon size={16} aria-hidden="true" />
    </Button>
  );
}
