import { FolderOpen, Radar, Server, Unplug } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './waiting.module.css';

/** Instead of a pool: it is on its way, or there is none and why. */
export function Waiting() {
  const isStarting = useApp(
    (state) =>
      state.isLoading ||
      (state.config.fileIssues.length === 0 &&
        (state.engine.kind === 'starting' || state.engine.kind === 'restarting')),
  );
  const hasFailed = useApp((state) => state.engine.kind === 'failed');
  const open = useApp((state) => state.openConfigFile);
  const openDialog = useApp((state) => state.openDialog);
  const startDemo = useApp((state) => state.startDemo);
  const show = useApp((state) => state.show);
  if (isStarting) return <Skeleton />;
  return (
    <div className={styles.empty}>
      <Unplug size={28} strokeWidth={1.5} aria-hidden="true" />
      <h1 className={styles.title}>{hasFailed ? 'Nothing is balanced' : 'Nothing is balanced yet'}</h1>
      <p>
        {hasFailed
          ? 'The engine does not run, for the reason above. The config is as you left it.'
          : 'The config could not be used, so no pool is running. Mend it, or begin with something else: it stays in its file.'}
      </p>
      <span className={styles.actions}>
        <Button look="accent" onClick={() => show('config')}>
          Show the config
        </Button>
        {!hasFailed && (
          <>
            <Button onClick={() => openDialog('find-servers')}>
              <Radar size={15} aria-hidden="true" />
              Find running servers…
            </Button>
            <Button onClick={() => void open(null)}>
              <FolderOpen size={15} aria-hidden="true" />
              Open a config file…
            </Button>
            <Button onClick={() => void startDemo()}>
              <Server size={15} aria-hidden="true" />
              Use the demo pool
            </Button>
          </>
        )}
      </span>
      {!hasFailed && (
        <p className={styles.hint}>
          Dropping a file anywhere on the window opens it too: a config, or a Compose, Procfile, nginx or
          HAProxy file.
        </p>
      )}
    </div>
  );
}

/** The screen's own shape, so that nothing jumps when the first state comes. */
function Skeleton() {
  return (
    <div className={styles.skeleton} role="status">
      <h1 className={styles.starting}>Switchyard is starting</h1>
      <i data-part="title" />
      <i data-part="totals" />
      <i data-part="lanes" />
      <i data-part="chart" />
    </div>
  );
}
