import { lazy, Suspense } from 'react';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { DemoStrip } from '../discovery/demo-strip.tsx';
import { DetectionGap } from '../faults/detection-gap.tsx';
import { Instances } from '../processes/instances.tsx';
import { BackendsTable } from './backends-table.tsx';
import { Distribution } from './distribution.tsx';
import { OpenTunnels } from './open-tunnels.tsx';
import { OverTime } from './over-time.tsx';
import { PoolHeader } from './pool-header.tsx';
import styles from './pool-screen.module.css';
import { PoolState } from './pool-state.tsx';
import { Totals } from './totals.tsx';
import { Waiting } from './waiting.tsx';

/** Loaded when first asked for: the first screen can do without. */
const TrafficPanel = lazy(() => import('../traffic/traffic-panel.tsx'));

/** Home: one pool, and where its requests go. */
export function PoolScreen() {
  const pool = useApp(selectPool);
  const isTrafficOpen = useApp((state) => state.isTrafficOpen);
  if (!pool) return <Waiting />;
  return (
    <div className={styles.screen}>
      <PoolHeader name={pool.name} policy={pool.policy} />
      <DemoStrip />
      <Suspense>{isTrafficOpen && <TrafficPanel pool={pool} />}</Suspense>
      <Totals pool={pool} />
      <PoolState pool={pool} />
      <Distribution pool={pool} />
      <DetectionGap pool={pool} />
      <OverTime pool={pool} />
      <BackendsTable pool={pool} />
      <Instances pool={pool.name} />
      <OpenTunnels pool={pool} />
    </div>
  );
}
