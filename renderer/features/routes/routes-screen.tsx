import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { inMatchingOrder } from '../../../shared/config/route-match.ts';
import type { RouteSettings } from '../../../shared/config/route-schema.ts';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { selectShownListener, useApp } from '../../stores/use-app.ts';
import card from '../pool/card.module.css';
import { Waiting } from '../pool/waiting.tsx';
import { whichRoute } from './destination.ts';
import { ListenerCard } from './listener-card.tsx';
import { RouteDialog } from './route-dialog.tsx';
import { RouteList } from './route-list.tsx';
import styles from './routes-screen.module.css';
import { WhichRoute } from './which-route.tsx';

/** One listener: where it listens, and which request goes where. */
export default function RoutesScreen() {
  const listener = useApp(selectShownListener);
  // What is typed belongs to the one listener, at its one address.
  return listener ? <Routes key={`${listener.name} ${listener.address}`} listener={listener} /> : <Waiting />;
}

function Routes({ listener }: { readonly listener: ListenerSnapshot }) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const isOnly = useApp((state) => state.snapshot?.listeners.length === 1);
  const editWithUndo = useApp((state) => state.editWithUndo);
  const [asked, setAsked] = useState('');
  const [edited, setEdited] = useState<RouteSettings | 'new' | null>(null);
  const { name, url, state } = listener;
  const routes = inMatchingOrder(listener.routes.map(({ settings }) => settings));
  const found = asked.trim() === '' ? null : whichRoute(asked, listener, pools);
  const destination = found?.ok ? found.value : null;
  const address = url.replace('http://', '');
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title} title={name}>
          Routes of <span className={styles.door}>{address}</span>
        </h1>
        {name !== listener.address && <span className={styles.name}>{name}</span>}
        {state.kind === 'stopped' && <span className={styles.name}>off</span>}
        <span className={styles.actions}>
          <Button
            disabled={isOnly}
            title={isOnly ? 'The only listener stays' : undefined}
            onClick={() =>
              void editWithUndo(
                { kind: 'remove-listener', listener: name },
                `Removed the listener ${address}.`,
              )
            }
          >
            <Trash2 size={14} aria-hidden="true" />
            Remove listener
          </Button>
          <Button look="accent" onClick={() => setEdited('new')}>
            <Plus size={15} aria-hidden="true" />
            Add route
          </Button>
        </span>
      </header>
      {state.kind === 'failed' && (
        <p className={styles.failed} role="alert">
          {state.reason}
        </p>
      )}
      <section className={`${card.card} ${styles.settings}`} aria-label="Listener">
        <ListenerCard listener={listener} />
      </section>
      <section className={card.card} aria-labelledby="routes">
        <header className={styles.head}>
          <h2 className={card.title} id="routes">
            Routes
          </h2>
          <p className={card.lead}>
            {routes.length === 0
              ? 'None yet. A route sends some requests elsewhere, by their host, their path or both.'
              : 'The first that fits takes the request. An exact host is tried before *.hosts, and those before any host; then the longest path.'}
          </p>
        </header>
        <WhichRoute
          listener={listener}
          text={asked}
          problem={found && !found.ok ? found.error : null}
          destination={destination}
          onChange={setAsked}
        />
        <RouteList
          listener={listener}
          routes={routes}
          hit={destination && (destination.route ?? 'default')}
          onEdit={setEdited}
        />
      </section>
      {edited !== null && (
        <RouteDialog
          listener={listener}
          edited={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}
