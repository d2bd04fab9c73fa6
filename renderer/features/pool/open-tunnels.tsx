import type { PoolSnapshot, TunnelSnapshot } from '../../../shared/view/snapshot.ts';
import { backendColour } from '../../stores/backend-colours.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatAge, formatBytes, formatCount } from '../../stores/words.ts';
import table from './backends-table.module.css';
import card from './card.module.css';
import styles from './open-tunnels.module.css';

/** WebSockets and other upgraded connections through this pool, newest first, while there are any. */
export function OpenTunnels({ pool }: { readonly pool: PoolSnapshot }) {
  const tunnels = useApp((state) => state.snapshot?.tunnels);
  const now = useApp((state) => state.snapshot?.at ?? 0);
  const shown = tunnels?.newest.filter((tunnel) => tunnel.pool === pool.name) ?? [];
  if (!tunnels || shown.length === 0) return null;
  const isAll = tunnels.count === tunnels.newest.length;
  return (
    <section className={card.card} aria-labelledby="tunnels">
      <header className={card.head}>
        <h2 className={card.title} id="tunnels">
          WebSockets and upgrades
        </h2>
        <span className={card.lead}>
          {isAll ? `${shown.length} open` : `the newest of ${formatCount(tunnels.count)} open`}
        </span>
      </header>
      <div className={table.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Path</th>
              <th scope="col">Protocol</th>
              <th scope="col">Backend</th>
              <th scope="col">Client</th>
              <th scope="col" className={styles.number}>
                Open for
              </th>
              <th scope="col" className={styles.number}>
                From client
              </th>
              <th scope="col" className={styles.number}>
                To client
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((tunnel) => (
              <Row key={tunnel.id} pool={pool} tunnel={tunnel} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  readonly pool: PoolSnapshot;
  readonly tunnel: TunnelSnapshot;
  readonly now: number;
}

function Row({ pool, tunnel, now }: RowProps) {
  const index = pool.backends.findIndex(({ name }) => name === tunnel.backend);
  return (
    <tr>
      <td className="mono" title={tunnel.target}>
        {tunnel.target}
      </td>
      <td>{tunnel.protocol}</td>
      <td title={tunnel.backend}>
        <i className={styles.swatch} style={{ background: backendColour(index) }} aria-hidden="true" />
        {tunnel.backend}
      </td>
      <td className="mono">{tunnel.client}</td>
      <td className={styles.number}>{formatAge(now - tunnel.at)}</td>
      <td className={styles.number}>{formatBytes(tunnel.bytesIn)}</td>
      <td className={styles.number}>{formatBytes(tunnel.bytesOut)}</td>
    </tr>
  );
}
