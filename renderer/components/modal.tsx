import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
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
  const [opener] = useState(focusedElement);
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup
          ref={popup}
          className={styles.popup}
          initialFocus={() => firstField(popup.current)}
          finalFocus={() => (opener?.isConnected ? opener : true)}
          data-wide={isWidest ? 'very' : isWide}
        >
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

/** What a dialog gives the focus back to; also inside of the editor, whose shadow the dialog's own search stops at. */
function focusedElement(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement && focused !== document.body ? focused : null;
}

/** Where one begins, which is not at the cross that closes it; what has asked for the focus by itself keeps it. */
function firstField(popup: HTMLElement | null): HTMLElement | false | null {
  if (popup?.contains(document.activeElement)) return false;
  return popup?.querySelector<HTMLElement>('input, select, textarea') ?? popup;
}
