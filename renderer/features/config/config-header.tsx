import { FolderOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './config-screen.module.css';

interface Props {
  readonly canApply: boolean;
  onApply(): void;
  onRevert(): void;
}

/** Which file this is, whether it has been changed here, and what to do with the change. */
export function ConfigHeader({ canApply, onApply, onRevert }: Props) {
  const path = useApp((state) => state.config.path);
  const isEdited = useApp((state) => state.draft !== null);
  const openFile = useApp((state) => state.openConfigFile);
  const applyKeys = useApp((state) => (state.platform === 'darwin' ? '⌘ Enter' : 'Ctrl Enter'));
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
        <Button onClick={() => void openFile(null)}>
          <FolderOpen size={15} aria-hidden="true" />
          Open…
        </Button>
        <Button disabled={!isEdited} onClick={onRevert}>
          Revert
        </Button>
        <Button
          look="accent"
          disabled={!canApply}
          onClick={onApply}
          title={`Apply and save (${applyKeys})`}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          Apply
        </Button>
      </span>
    </header>
  );
}
