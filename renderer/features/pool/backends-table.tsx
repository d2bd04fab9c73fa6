import { formatDuration } from '../../../shared/duration.ts';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { poolRates } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import { BackendRow } from './backend-row.tsx';
import styles from './backends-table.module.css';
import card from './card.module.css';

/** Every backend of the pool, its switch, its health in words and its figures. */
export function BackendsTable({ pool }: { readonly pool: PoolSnapshot }) {
  const openDialog = useApp((state) => state.openDialog);
  const snapshot = useApp((state) => state.snapshot);
  if (!snapshot) return null;
  const rates = poolRates(snapshot, pool.name).byBackend;
  return (
    <section className={card.card} aria-labelledby="backends">
      <header className={card.head}>
        <h2 className={card.title} id="backends">
          Backends
        </h2>
        <span className={card.end}>
          <button
            type="button"
            className={styles.interval}
            title="Change how they are checked"
            onClick={() => openDialog('health-check')}
          >
            {pool.healthCheck.type === 'off'
              ? 'not checked'
              : `checked every ${formatDuration(pool.healthCheck.interval)}`}
          </button>
        </span>
      </header>
      {pool.backends.length === 0 && <NoBackends />}
      <div className={styles.scroll} hidden={pool.backends.length === 0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className={styles.hidden}>In rotation</span>
              </th>
              <th scope="col">Backend</th>
              <th scope="col">Health</th>
              <th scope="col">Last 30 probes</th>
              <th scope="col" className={styles.number}>
                Weight
              </th>
              <th scope="col" className={styles.number}>
                In flight
              </th>
              <th scope="col" className={styles.number}>
                Requests
              </th>
              <th scope="col" className={styles.number}>
                Req/s
              </th>
              <th scope="col">
                <span className={styles.hidden}>Last minute</span>
              </th>
              <th scope="col" className={styles.number}>
                Errors
              </th>
              <th scope="col" className={styles.number}>
                p95
              </th>
              <th scope="col">
                <span className={styles.hidden}>More</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {pool.backends.map((backend, index) => (
              <BackendRow key={backend.name} pool={pool} rates={rates} backend={backend} index={index} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function NoBackends() {
  const openDialog = useApp((state) => state.openDialog);
  return (
    <p className={styles.none}>
      This pool has no backends, so every request is answered 503.
      <Button onClick={() => openDialog('add-backend')}>Add the first</Button>
    </p>
  );
}
