import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import { targetOf } from '../traffic/traffic-target.ts';
import styles from './unreached.module.css';

/** Says so where no listener and no route leads to a pool, and where that can be mended. */
export function Unreached({ pool }: { readonly pool: string }) {
  const listeners = useApp((state) => state.snapshot?.listeners) ?? [];
  const showRoutes = useApp((state) => state.showRoutes);
  const editWithUndo = useApp((state) => state.editWithUndo);
  const [first] = listeners;
  if (!first || targetOf(pool, listeners)) return null;
  return (
    <span className={styles.unreached}>
      <span className={styles.words}>Nothing leads here yet</span>
      <Button onClick={() => showRoutes(first.name)}>Add a route…</Button>
      <Button onClick={() => void editWithUndo({ kind: 'remove-pool', pool }, `Removed the pool ${pool}.`)}>
        Remove pool
      </Button>
    </span>
  );
}
