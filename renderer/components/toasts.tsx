import { X } from 'lucide-react';
import { useApp } from '../stores/use-app.ts';
import { Button } from './button.tsx';
import styles from './toasts.module.css';

/** Short lines about what has just happened; some can be undone. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  const dismiss = useApp((state) => state.dismissToast);
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
          <span className={styles.words}>{toast.words}</span>
          {toast.undo && (
            <Button
              look="quiet"
              onClick={() => {
                toast.undo?.();
                dismiss(toast.id);
              }}
            >
              Undo
            </Button>
          )}
          <Button look="icon" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ))}
    </div>
  );
}
