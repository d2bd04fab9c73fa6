import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { Toast } from '../stores/app-state.ts';
import { useApp } from '../stores/use-app.ts';
import { Button } from './button.tsx';
import styles from './toasts.module.css';
import { useHeld } from './use-held.ts';

const PLAIN_MS = 4_000;
/** Time to read what went wrong, or to change one's mind. */
const LONG_MS = 9_000;

/** Short lines about what has just happened; some can be undone. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Line key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

/** Goes by itself, but not from under the pointer or the focus. */
function Line({ toast }: { readonly toast: Toast }) {
  const dismiss = useApp((state) => state.dismissToast);
  const [isHeld, hold] = useHeld();
  const { id, tone, words, undo } = toast;
  const stayMs = undo || tone === 'bad' ? LONG_MS : PLAIN_MS;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismiss(id), stayMs);
    return () => clearTimeout(timer);
  }, [isHeld, id, stayMs, dismiss]);
  return (
    <div {...hold} className={styles.toast} data-tone={tone}>
      <span className={styles.words}>{words}</span>
      {undo && (
        <Button
          look="quiet"
          onClick={() => {
            undo();
            dismiss(id);
          }}
        >
          Undo
        </Button>
      )}
      <Button look="icon" aria-label="Dismiss" onClick={() => dismiss(id)}>
        <X size={14} aria-hidden="true" />
      </Button>
    </div>
  );
}
