import { Copy, Globe, LoaderCircle, Lock, Play, Plus, SlidersHorizontal } from 'lucide-react';
import { memo } from 'react';
import type { PolicyName } from '../../../shared/config/policies.ts';
import { Button } from '../../components/button.tsx';
import { selectListener, selectRouteUrl, useApp } from '../../stores/use-app.ts';
import { Unreached } from '../routes/unreached.tsx';
import { ScenarioMenu } from '../scenarios/scenario-menu.tsx';
import { PolicyPicker } from './policy-picker.tsx';
import styles from './pool-screen.module.css';

interface Props {
  readonly name: string;
  readonly policy: PolicyName;
}

/** The pool's name, where it is reached, and what can be done with it: none of it changes with a batch. */
export const PoolHeader = memo(function PoolHeader({ name, policy }: Props) {
  const listener = useApp(selectListener);
  const routeUrl = useApp(selectRouteUrl);
  const isDemo = useApp((state) => state.config.isDemo);
  const isSending = useApp((state) => state.traffic?.state === 'running');
  const isTrafficOpen = useApp((state) => state.isTrafficOpen);
  const setTrafficOpen = useApp((state) => state.setTrafficOpen);
  const openDialog = useApp((state) => state.openDialog);
  const copy = useApp((state) => state.copy);
  const Door = listener?.tls ? Lock : Globe;
  const RouteDoor = routeUrl?.startsWith('https:') ? Lock : Globe;
  return (
    <div className={styles.top}>
      <header className={styles.header}>
        <h1 className={styles.name} title={name}>
          {name}
        </h1>
        {isDemo && <span className={styles.demo}>demo, not saved</span>}
        {listener && (
          <span className={styles.address}>
            <Door size={14} aria-hidden="true" />
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
              aria-label={`Copy the address ${listener.url}`}
              title="Copy"
              onClick={() => copy(listener.url, 'Address')}
            >
              <Copy size={13} aria-hidden="true" />
            </Button>
          </span>
        )}
        {routeUrl !== null && (
          <span className={styles.address}>
            <RouteDoor size={14} aria-hidden="true" />
            <span className={`mono ${styles.url}`}>{routeUrl.replace('http://', '')}</span>
            <Button
              look="icon"
              aria-label={`Copy the address ${routeUrl}`}
              title="Copy"
              onClick={() => copy(routeUrl, 'Address')}
            >
              <Copy size={13} aria-hidden="true" />
            </Button>
          </span>
        )}
        <Unreached pool={name} />
        <span className={styles.actions}>
          <PolicyPicker pool={name} policy={policy} />
          <ScenarioMenu />
          <Button
            look="icon"
            aria-label="Pool settings"
            title="Pool settings: ejection, slow start, retries, timeouts, waiting"
            onClick={() => openDialog('pool-settings')}
          >
            <SlidersHorizontal size={15} aria-hidden="true" />
          </Button>
          <Button title="Add backend" onClick={() => openDialog('add-backend')}>
            <Plus size={15} aria-hidden="true" />
            <span className={styles.addWords}>Add backend</span>
          </Button>
          <Button look="accent" aria-expanded={isTrafficOpen} onClick={() => setTrafficOpen(!isTrafficOpen)}>
            {isSending ? (
              <LoaderCircle size={14} className={styles.turning} aria-hidden="true" />
            ) : (
              <Play size={14} aria-hidden="true" />
            )}
            Send traffic
          </Button>
        </span>
      </header>
    </div>
  );
});
