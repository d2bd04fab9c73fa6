import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import { SettingRow } from './setting-row.tsx';
import styles from './settings-screen.module.css';

const MOST_LETTERS = 30;

interface Props {
  readonly path: string | null;
}

/** Which config is opened when the app is started without one. */
export function ConfigAtLaunch({ path }: Props) {
  const open = useApp((state) => state.config.path);
  const change = useApp((state) => state.changeSettings);
  const choose = useApp((state) => state.chooseConfigAtLaunch);
  return (
    <SettingRow
      title="Config at launch"
      line={
        path === null
          ? 'Your own config, or the demo while there is none.'
          : 'Opened when Switchyard starts without a file.'
      }
    >
      <div className={styles.file}>
        {path !== null && (
          <span className={`mono ${styles.path}`} title={path}>
            {endOf(path)}
          </span>
        )}
        <span className={styles.buttons}>
          {open !== null && open !== path && (
            <Button onClick={() => void change({ configAtLaunch: 'open' })}>Use the open one</Button>
          )}
          <Button onClick={() => void choose()}>Choose…</Button>
          {path !== null && (
            <Button look="quiet" onClick={() => void change({ configAtLaunch: null })}>
              Clear
            </Button>
          )}
        </span>
      </div>
    </SettingRow>
  );
}

/** The end of a path tells more than its start. */
function endOf(path: string): string {
  return path.length <= MOST_LETTERS ? path : `…${path.slice(-(MOST_LETTERS - 1))}`;
}
