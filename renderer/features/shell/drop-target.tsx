import { FileInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApp } from '../../stores/use-app.ts';
import styles from './drop-target.module.css';

/** A config, or another program's file, dropped anywhere on the window is opened. */
export function DropTarget() {
  const open = useApp((state) => state.openDroppedFile);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      // Before the editor sees it, which would type the file's text where it was dropped.
      event.stopPropagation();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void open(file);
    };
    window.addEventListener('dragover', over, true);
    window.addEventListener('dragleave', leave, true);
    window.addEventListener('drop', drop, true);
    return () => {
      window.removeEventListener('dragover', over, true);
      window.removeEventListener('dragleave', leave, true);
      window.removeEventListener('drop', drop, true);
    };
  }, [open]);
  if (!isOver) return null;
  return (
    <div className={styles.veil}>
      <p className={styles.words}>
        <FileInput size={18} aria-hidden="true" />
        Drop to open: a config, or a Compose, Procfile, nginx or HAProxy file
      </p>
    </div>
  );
}
