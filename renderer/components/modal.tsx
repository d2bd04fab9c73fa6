import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './modal.module.css';

interface Props {
  readonly title: string;
  readonly lead?: string;
  /** For forms with several fields in a row. */
  readonly isWide?: boolean;
  /** For text as wide as it was written. */
  readonly isWidest?: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

/** A dialog over the window; Escape, the cross and a click beside it close it. */
export function Modal({ title, lead, isWide, isWidest, children, onClose }: Props) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} data-wide={isWidest ? 'very' : isWide}>
          <header className={styles.header}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close className={styles.close} aria-label="Close">
              <X size={16} aria-hidden="true" />
            </Dialog.Close>
          </header>
          {lead && <Dialog.Description className={styles.lead}>{lead}</Dialog.Description>}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
