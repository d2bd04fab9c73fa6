import { CircleAlert, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './banners.module.css';

/** What concerns the whole window: the engine, the file on disk, a line from the start. */
export function Banners() {
  const engine = useApp((state) => state.engine);
  const issues = useApp((state) => state.config.fileIssues);
  const path = useApp((state) => state.config.path);
  const screen = useApp((state) => state.screen);
  const notice = useApp((state) => state.notice);
  const dismiss = useApp((state) => state.dismissNotice);
  const show = useApp((state) => state.show);
  return (
    <>
      {engine.kind === 'restarting' && (
        <Banner tone="bad">
          The engine stopped ({engine.reason}) and is being started again. Your config is kept.
        </Banner>
      )}
      {engine.kind === 'failed' && (
        <Banner tone="bad">
          The engine cannot be kept running: {engine.reason}. Quit Switchyard and open it again.
        </Banner>
      )}
      {issues.length > 0 && screen !== 'config' && (
        <Banner tone="bad">
          {path ?? 'The config'} is not in force: {issues[0]?.message}
          <Button look="quiet" onClick={() => show('config')}>
            Show the config
          </Button>
        </Banner>
      )}
      {notice !== null && (
        <Banner tone="plain">
          {notice}
          <Button look="icon" aria-label="Dismiss" onClick={dismiss}>
            <X size={14} aria-hidden="true" />
          </Button>
        </Banner>
      )}
    </>
  );
}

function Banner({ tone, children }: { readonly tone: 'plain' | 'bad'; readonly children: ReactNode }) {
  const Icon = tone === 'bad' ? CircleAlert : Info;
  return (
    <div className={styles.banner} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={15} aria-hidden="true" />
      {children}
    </div>
  );
}
