import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import { RunList } from './run-list.tsx';
import { TrafficForm } from './traffic-form.tsx';
import styles from './traffic-panel.module.css';
import { TrafficResult } from './traffic-result.tsx';
import { targetOf } from './traffic-target.ts';

/** Sends real requests to the pool's listener, above the lanes they run along, and shows what came back. */
export default function TrafficPanel({ pool }: { readonly pool: PoolSnapshot }) {
  const listeners = useApp((state) => state.snapshot?.listeners);
  const target = targetOf(pool.name, listeners ?? []);
  const traffic = useApp((state) => state.traffic);
  const setOpen = useApp((state) => state.setTrafficOpen);
  const panel = useRef<HTMLElement>(null);
  useEscape(() => setOpen(false));
  // Before it goes: a focus that went with it would be nowhere. Whoever opened it has it back.
  useLayoutEffect(() => {
    const here = panel.current;
    const opener = document.activeElement;
    return () => {
      if (here?.contains(document.activeElement) && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  useEffect(() => {
    panel.current?.querySelector('input')?.focus({ preventScroll: true });
    panel.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    <section ref={panel} className={styles.panel} aria-labelledby="send-traffic">
      <header className={styles.head}>
        <h2 className={styles.title} id="send-traffic">
          Send traffic
        </h2>
        <p className={styles.lead}>
          {target ? (
            <>
              Real requests to <span className="mono">{target.url}</span>
            </>
          ) : (
            'No listener and no route leads to this pool yet, so nothing can be sent to it'
          )}
        </p>
        <Button look="icon" aria-label="Close" title="Close (Esc)" onClick={() => setOpen(false)}>
          <X size={15} aria-hidden="true" />
        </Button>
      </header>
      <TrafficForm pool={pool.name} target={target} />
      {traffic && <TrafficResult traffic={traffic} shownPool={pool.name} />}
      <RunList />
    </section>
  );
}

/** Escape closes it wherever the focus is, unless something on top of it takes the key. */
function useEscape(onEscape: () => void): void {
  const handler = useRef(onEscape);
  handler.current = onEscape;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isCovered = document.querySelector('[role=dialog], [role=menu]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !isCovered) handler.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
