import { formatDuration } from '../../../shared/duration.ts';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { useApp } from '../../stores/use-app.ts';
import { BackendRow } from './backend-row.tsx';
import styles from './backends-table.module.css';
import card from './card.module.css';

/** Every backend of the pool, its switch, its health in words and its figures. */
export function BackendsTable({ pool }: { readonly pool: PoolSnapshot }) {
  const openDialog = useApp((state) => state.openDialog);
  return (
    <section className={card.card} aria-labelledby="backends">
      <header className={card.head}>
        <h2 className={card.title} id="backends">
          Backends
        </h2>
        <span className={card.end}>
          <button type="button" className={styles.interval} onClick={() => openDialog('interval')}>
            checked every {formatDuration(pool.healthCheckIntervalMs)}
          </button>
        </span>
      </header>
      <div className={styles.scroll}>
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
              <BackendRow key={backend.name} pool={pool.name} backend={backend} index={index} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
