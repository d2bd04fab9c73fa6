import { LoaderCircle, RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import type { DiscoveryProgress } from '../../../shared/view/discovery.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './find-dialog.module.css';
import { FoundResults } from './found-results.tsx';

/** Looks for servers that run on this machine, and makes those the user ticks backends. */
export function FindDialog() {
  const find = useApp((state) => state.findServers);
  const stop = useApp((state) => state.stopFinding);
  const close = useApp((state) => state.closeDialog);
  const { isLooking, progress, found } = useApp((state) => state.discovery);
  useEffect(() => {
    void find();
    return () => void stop();
  }, [find, stop]);
  return (
    <Modal
      title="Find running servers"
      lead="What listens on this machine, from the system’s own table. Each port is asked once for GET /; a server that you tick is asked for a health check that fits."
      isWide
      onClose={close}
    >
      <div className={form.form}>
        <div className={styles.status}>
          {isLooking && <LoaderCircle size={14} className={styles.turning} aria-hidden="true" />}
          <span role="status">
            {isLooking && progressWords(progress)}
            {found && summaryOf(found.groups.flatMap(({ servers }) => servers).length)}
          </span>
          {isLooking ? (
            <Button look="quiet" onClick={() => void stop()}>
              Stop
            </Button>
          ) : (
            <Button look="quiet" onClick={() => void find()}>
              <RotateCw size={13} aria-hidden="true" />
              Look again
            </Button>
          )}
        </div>
        {found?.trouble && (
          <p className={styles.trouble} role="alert">
            {found.trouble}
          </p>
        )}
        {/* A new look is a new list to tick. */}
        {found && <FoundResults found={found} />}
      </div>
    </Modal>
  );
}

function progressWords(progress: DiscoveryProgress | null): string {
  return progress ? `Asked ${progress.asked} of ${progress.ports} ports` : 'Looking what listens';
}

function summaryOf(count: number): string {
  if (count === 0) return 'No server that speaks HTTP runs here. Start yours, and look again.';
  return `${count} ${count === 1 ? 'server speaks' : 'servers speak'} HTTP`;
}
