import { Button } from './button.tsx';
import form from './form.module.css';
import { Modal } from './modal.tsx';

interface Props {
  /** A question. */
  readonly title: string;
  /** What will happen, and what is lost. */
  readonly lead: string;
  /** The two answers. */
  readonly no: string;
  readonly yes: string;
  onYes(): void;
  onClose(): void;
}

/** Asks before what cannot be undone. */
export function ConfirmDialog({ title, lead, no, yes, onYes, onClose }: Props) {
  return (
    <Modal title={title} lead={lead} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onYes();
        }}
      >
        <div className={form.actions}>
          <Button onClick={onClose}>{no}</Button>
          <Button look="accent" type="submit" autoFocus>
            {yes}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
