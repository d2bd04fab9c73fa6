import { useEffect } from 'react';
import { useApp } from '../../stores/use-app.ts';

/** A config file dropped anywhere on the window is opened. */
export function useFileDrop(): void {
  const open = useApp((state) => state.openConfigFile);
  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      const path = file ? window.switchyard.pathOfFile(file) : '';
      if (path !== '') void open(path);
    };
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', drop);
    };
  }, [open]);
}
