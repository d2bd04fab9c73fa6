import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';

/** A kill cuts what is in flight and cannot be undone, so it is asked for twice. */
export function KillDialog({ instance }: { readonly instance: string }) {
  const pool = useApp((state) => selectPool(state)?.name ?? '');
  const inFlight = useApp(
    (state) => selectPool(state)?.backends.find(({ name }) => name === instance)?.counters.inFlight ?? 0,
  );
  const close = useApp((state) => state.closeDialog);
  const act = useApp((state) => state.actOnProcess);
  const lost =
    inFlight === 0
      ? 'Nothing is in flight there now.'
      : `${inFlight} request${inFlight === 1 ? ' is' : 's are'} in flight there and will be cut.`;
  return (
    <Modal
      title={`Kill ${instance}?`}
      lead={`The process ends at once (SIGKILL) and is started again. ${lost}`}
      onClose={close}
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          close();
          void act(pool, instance, 'kill');
        }}
      >
        <div className={form.actions}>
          <Button onClick={close}>Let it run</Button>
          <Button look="accent" type="submit" autoFocus>
            Kill the process
          </Button>
        </div>
      </form>
    </Modal>
  );
}
