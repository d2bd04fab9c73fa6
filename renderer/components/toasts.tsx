import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Toast } from '../stores/app-state.ts';
import { useApp } from '../stores/use-app.ts';
import { Button } from './button.tsx';
import styles from './toasts.module.css';

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
  const [isHeld, setHeld] = useState(false);
  const { id, tone, words, undo } = toast;
  const stayMs = undo || tone === 'bad' ? LONG_MS : PLAIN_MS;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismiss(id), stayMs);
    return () => clearTimeout(timer);
  }, [isHeld, id, stayMs, dismiss]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only holds the line while it is read
    <div
      className={styles.toast}
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
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
