import { Copy, ExternalLink, TriangleAlert } from 'lucide-react';
import type { ListenerSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './rail.module.css';

/** A door: its address, whether it is open, and to whom. */
export function ListenerRow({ listener }: { readonly listener: ListenerSnapshot }) {
  const copy = useApp((state) => state.copy);
  const { url, state } = listener;
  const open = () => void window.switchyard.openUrl({ url });
  return (
    <li className={styles.listener} data-state={state.kind}>
      <span className={`mono ${styles.url}`} title={url}>
        {url.replace('http://', '')}
      </span>
      {state.kind === 'listening' && (
        <>
          <Button look="icon" aria-label={`Copy ${url}`} onClick={() => copy(url, 'Address')}>
            <Copy size={13} aria-hidden="true" />
          </Button>
          <Button look="icon" aria-label={`Open ${url} in the browser`} onClick={open}>
            <ExternalLink size={13} aria-hidden="true" />
          </Button>
        </>
      )}
      {state.kind === 'stopped' && <span className={styles.quiet}>off</span>}
      {state.kind === 'failed' && (
        <p className={styles.failed} role="alert">
          {state.reason}
        </p>
      )}
      {listener.isReachableFromNetwork && (
        <p className={styles.exposed}>
          <TriangleAlert size={12} aria-hidden="true" />
          reachable from the network
        </p>
      )}
    </li>
  );
}
