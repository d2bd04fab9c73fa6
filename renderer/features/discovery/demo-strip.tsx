import { FolderOpen, Link, Radar, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { loadDemoStripHidden, saveDemoStripHidden } from '../../stores/preferences.ts';
import { useApp } from '../../stores/use-app.ts';
import styles from './demo-strip.module.css';

/** While the demo runs: the ways to something of one's own. Whoever knows them can put it away. */
export function DemoStrip() {
  const isDemo = useApp((state) => state.config.isDemo);
  const openDialog = useApp((state) => state.openDialog);
  const openFile = useApp((state) => state.openConfigFile);
  const [isHidden, setHidden] = useState(loadDemoStripHidden);
  if (!isDemo || isHidden) return null;
  const hide = () => {
    saveDemoStripHidden();
    setHidden(true);
  };
  return (
    <section className={styles.strip} aria-label="Use your own services">
      <p className={styles.words}>
        <b>Use your own services</b>
        <span className={styles.more}> in place of these five demo servers.</span>
      </p>
      <span className={styles.ways}>
        <Button look="quiet" onClick={() => openDialog('find-servers')}>
          <Radar size={14} aria-hidden="true" />
          Find running servers
        </Button>
        <Button look="quiet" onClick={() => void openFile(null)}>
          <FolderOpen size={14} aria-hidden="true" />
          Open a file
        </Button>
        <Button look="quiet" onClick={() => openDialog('own-urls')}>
          <Link size={14} aria-hidden="true" />
          Type URLs
        </Button>
        <Button look="icon" aria-label="Hide this line" title="Hide" onClick={hide}>
          <X size={14} aria-hidden="true" />
        </Button>
      </span>
    </section>
  );
}
