import { Pencil, Trash2 } from 'lucide-react';
import type { RouteKey } from '../../../shared/config/route-match.ts';
import type { RouteSettings } from '../../../shared/config/route-schema.ts';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './route-list.module.css';
import { changeWords, keyWords } from './route-words.ts';

interface Props {
  readonly listener: ListenerSnapshot;
  /** In the order they are tried. */
  readonly routes: readonly RouteSettings[];
  /** The one a request would take that is being tried out: a route, `default`, or none. */
  readonly hit: RouteSettings | 'default' | null;
  onEdit(route: RouteSettings): void;
}

/** Every route in the order they are tried, and at the end what is for none of them. */
export function RouteList({ listener, routes, hit, onEdit }: Props) {
  return (
    <ol className={styles.list} aria-label="Routes, in the order they are tried">
      {routes.map((route, index) => (
        <RouteRow
          key={keyWords(route)}
          listener={listener.name}
          place={index + 1}
          route={route}
          isHit={hit === route}
          onEdit={() => onEdit(route)}
        />
      ))}
      <li className={styles.row} data-hit={hit === 'default'} aria-label="Everything else">
        <span className={styles.place} />
        <span className={styles.match}>{routes.length === 0 ? 'Every request' : 'Everything else'}</span>
        <span className={styles.does}>
          <PoolLink pool={listener.defaultPool} />
          <span className={styles.change}>the default pool</span>
        </span>
      </li>
    </ol>
  );
}

interface RowProps {
  readonly listener: string;
  readonly place: number;
  readonly route: RouteSettings;
  readonly isHit: boolean;
  onEdit(): void;
}

function RouteRow({ listener, place, route, isHit, onEdit }: RowProps) {
  const editWithUndo = useApp((state) => state.editWithUndo);
  const { host, path, pool, redirect, respond } = route;
  const words = keyWords(route);
  const key: RouteKey = host === undefined ? { path } : { host, path };
  const changes = changeWords(route);
  return (
    <li className={styles.row} data-hit={isHit} aria-label={words}>
      <span className={styles.place}>{place}</span>
      <span className={`mono ${styles.match}`} title={words}>
        {host === undefined ? <span className={styles.any}>any host</span> : <bdi>{host}</bdi>}
        {(host === undefined || path !== '/') && <bdi className={styles.path}>{path}</bdi>}
      </span>
      <span className={styles.does}>
        {pool !== undefined && <PoolLink pool={pool} />}
        {redirect && (
          <span>
            redirect to <span className="mono">{redirect.to}</span>
            <span className={styles.change}> with status {redirect.status}</span>
          </span>
        )}
        {respond && (
          <span>
            answers {respond.status}
            {respond.body !== '' && (
              <span className={`mono ${styles.body}`} title={respond.body}>
                {respond.body}
              </span>
            )}
          </span>
        )}
        {changes.length > 0 && (
          <span className={styles.change} title={changes.join('; ')}>
            {changes.join('; ')}
          </span>
        )}
      </span>
      <span className={styles.actions}>
        <Button look="icon" aria-label={`Edit the route ${words}`} title="Edit" onClick={onEdit}>
          <Pencil size={14} aria-hidden="true" />
        </Button>
        <Button
          look="icon"
          aria-label={`Remove the route ${words}`}
          title="Remove"
          onClick={() =>
            void editWithUndo({ kind: 'remove-route', listener, key }, `Removed the route ${words}.`)
          }
        >
          <Trash2 size={14} aria-hidden="true" />
        </Button>
      </span>
    </li>
  );
}

function PoolLink({ pool }: { readonly pool: string }) {
  const show = useApp((state) => state.show);
  return (
    <span className={styles.pool}>
      <span>pool</span>{' '}
      <button type="button" className={styles.link} title={pool} onClick={() => show('pool', pool)}>
        {pool}
      </button>
    </span>
  );
}
