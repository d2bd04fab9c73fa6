import { CircleX, Copy, ExternalLink, Lock, TriangleAlert } from 'lucide-react';
import type { ListenerSnapshot, RouteSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { selectShownListener, useApp } from '../../stores/use-app.ts';
import styles from './rail.module.css';

/** A listener: its URL, whether it is open, and to whom. */
export function ListenerRow({ listener }: { readonly listener: ListenerSnapshot }) {
  const copy = useApp((state) => state.copy);
  const openUrl = useApp((state) => state.openUrl);
  const showRoutes = useApp((state) => state.showRoutes);
  const isShown = useApp(
    (state) => state.screen === 'routes' && selectShownListener(state)?.name === listener.name,
  );
  const { url, state } = listener;
  return (
    <li className={styles.listener} data-state={state.kind}>
      <span className={styles.door}>
        <button
          type="button"
          className={`mono ${styles.url}`}
          aria-current={isShown ? 'page' : undefined}
          aria-label={`Routes of ${url}`}
          title={`${url}: show and edit its routes`}
          onClick={() => showRoutes(listener.name)}
        >
          {url.startsWith('https:') && <Lock size={11} aria-hidden="true" className={styles.lock} />}
          {url.replace(/^https?:\/\//, '')}
        </button>
        {state.kind === 'listening' && (
          <>
            <Button look="icon" aria-label={`Copy ${url}`} title="Copy" onClick={() => copy(url, 'Address')}>
              <Copy size={13} aria-hidden="true" />
            </Button>
            <Button
              look="icon"
              aria-label={`Open ${url} in the browser`}
              title="Open in the browser"
              onClick={() => void openUrl(url)}
            >
              <ExternalLink size={13} aria-hidden="true" />
            </Button>
          </>
        )}
        {state.kind === 'stopped' && <span className={styles.quiet}>off</span>}
      </span>
      {listener.routes.length > 0 && (
        <ul className={styles.routes} aria-label={`Routes of ${url}`}>
          {listener.routes.map((route) => (
            <Route key={route.match} route={route} />
          ))}
        </ul>
      )}
      {state.kind === 'failed' && (
        <p className={styles.failed} role="alert">
          <CircleX size={12} aria-hidden="true" />
          <span>{state.reason}</span>
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

function Route({ route }: { readonly route: RouteSnapshot }) {
  const show = useApp((state) => state.show);
  const { match, pool, target } = route;
  return (
    <li className={styles.route} title={`${match} → ${target}`}>
      <span className={`mono ${styles.match}`}>{match}</span>
      <span aria-hidden="true">→</span>
      {pool === null ? (
        <span className={styles.target}>{target}</span>
      ) : (
        <button type="button" className={styles.target} onClick={() => show('pool', pool)}>
          {target}
        </button>
      )}
    </li>
  );
}
