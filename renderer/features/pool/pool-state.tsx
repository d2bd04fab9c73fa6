import { FolderOpen, Unplug } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { isInRotation } from '../../stores/figures.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import styles from './pool-state.module.css';

/** What there is to say when there is nothing to balance, or nobody to balance it to. */
export function PoolState({ kind }: { readonly kind: 'loading' | 'none' | 'pool' }) {
  const pool = useApp(selectPool);
  const open = useApp((state) => state.openConfigFile);
  const show = useApp((state) => state.show);
  if (kind === 'loading') return <p className={styles.loading}>Starting…</p>;
  if (kind === 'none') {
    return (
      <div className={styles.empty}>
        <Unplug size={28} aria-hidden="true" />
        <h1 className={styles.title}>Nothing is balanced yet</h1>
        <p>The config could not be used, so no pool is running. Mend it, or open another file.</p>
        <span className={styles.actions}>
          <Button look="accent" onClick={() => show('config')}>
            Show the config
          </Button>
          <Button onClick={() => void open(null)}>
            <FolderOpen size={15} aria-hidden="true" />
            Open a config file…
          </Button>
        </span>
      </div>
    );
  }
  if (!pool || pool.backends.some(isInRotation)) return null;
  const byYou = pool.backends.filter((one) => one.admin !== 'enabled').length;
  const advice =
    byYou === pool.backends.length
      ? 'You have switched every backend off; switch one on again in the table below.'
      : byYou > 0
        ? `${byYou} ${byYou === 1 ? 'is' : 'are'} switched off by you; the others fail their checks, for the reasons below.`
        : 'Every check fails, for the reasons below: are the services started, and is the health path right?';
  return (
    <p className={styles.allDown} role="alert">
      <strong>No backend is available, so every request is answered 503.</strong> {advice}
    </p>
  );
}
