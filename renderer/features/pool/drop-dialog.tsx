import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { inFlightAt } from '../../stores/figures.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { lostWords } from '../../stores/words.ts';

/** Requests that are cut cannot be brought back, so it is asked for twice. */
export function DropDialog({ backends }: { readonly backends: readonly string[] }) {
  const pool = useApp((state) => selectPool(state)?.name ?? '');
  const inFlight = useApp((state) => inFlightAt(selectPool(state), backends));
  const close = useApp((state) => state.closeDialog);
  const cut = useApp((state) => state.cutConnections);
  const [name = ''] = backends;
  const whose = backends.length === 1 ? name : `${backends.length} backends`;
  return (
    <ConfirmDialog
      title={`Drop the connections of ${whose}?`}
      lead={lostWords(inFlight)}
      no="Keep them"
      yes="Drop them"
      onYes={() => void cut(pool, backends)}
      onClose={close}
    />
  );
}
