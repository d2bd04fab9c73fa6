import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { inFlightAt } from '../../stores/figures.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { lostWords } from '../../stores/words.ts';

/** A kill cuts what is in flight and cannot be undone, so it is asked for twice. */
export function KillDialog({ instance }: { readonly instance: string }) {
  const pool = useApp((state) => selectPool(state)?.name ?? '');
  const inFlight = useApp((state) => inFlightAt(selectPool(state), [instance]));
  const close = useApp((state) => state.closeDialog);
  const act = useApp((state) => state.actOnProcess);
  return (
    <ConfirmDialog
      title={`Kill ${instance}?`}
      lead={`The process ends at once (SIGKILL) and is started again. ${lostWords(inFlight)}`}
      no="Let it run"
      yes="Kill the process"
      onYes={() => void act(pool, instance, 'kill')}
      onClose={close}
    />
  );
}
