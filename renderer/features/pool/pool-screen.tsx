import { Copy, Play, Plus } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { BackendsTable } from './backends-table.tsx';
import { Distribution } from './distribution.tsx';
import { OverTime } from './over-time.tsx';
import { PolicyPicker } from './policy-picker.tsx';
import styles from './pool-screen.module.css';
import { PoolState } from './pool-state.tsx';
import { Totals } from './totals.tsx';

/** Home: one pool, and where its requests go. */
export function PoolScreen() {
  const pool = useApp(selectPool);
  const listener = useApp((state) => state.snapshot?.listeners.find((one) => one.defaultPool === pool?.name));
  const isLoading = useApp((state) => state.isLoading);
  const isDemo = useApp((state) => state.config.isDemo);
  const openDialog = useApp((state) => state.openDialog);
  const copy = useApp((state) => state.copy);
  if (!pool) return <PoolState kind={isLoading ? 'loading' : 'none'} />;
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.name}>{pool.name}</h1>
        {isDemo && <span className={styles.demo}>demo, not saved</span>}
        {listener && (
          <span className={styles.address}>
            <button
              type="button"
              className={`mono ${styles.url}`}
              onClick={() => openDialog('listener')}
              title="Change where it listens"
            >
              {listener.url.replace('http://', '')}
            </button>
            <Button
              look="icon"
              aria-label={`Copy ${listener.url}`}
              onClick={() => copy(listener.url, 'Address')}
            >
              <Copy size={13} aria-hidden="true" />
            </Button>
          </span>
        )}
        <span className={styles.actions}>
          <PolicyPicker pool={pool} />
          <Button onClick={() => openDialog('add-backend')}>
            <Plus size={15} aria-hidden="true" />
            Add backend
          </Button>
          <Button look="accent" onClick={() => openDialog('traffic')}>
            <Play size={14} aria-hidden="true" />
            Send traffic
          </Button>
        </span>
      </header>
      <Totals pool={pool} />
      <PoolState kind="pool" />
      <Distribution pool={pool} />
      <OverTime pool={pool} />
      <BackendsTable pool={pool} />
    </div>
  );
}
