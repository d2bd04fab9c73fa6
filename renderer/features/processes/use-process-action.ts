import type { ProcessAction } from '../../../shared/view/processes.ts';
import { useApp } from '../../stores/use-app.ts';

/** What a click on an action of a process does: a kill, which cannot be undone, asks first. */
export function useProcessAction(pool: string): (name: string, action: ProcessAction) => void {
  const act = useApp((state) => state.actOnProcess);
  const openDialog = useApp((state) => state.openDialog);
  return (name, action) => {
    if (action === 'kill') openDialog('kill-process', name);
    else void act(pool, name, action);
  };
}
