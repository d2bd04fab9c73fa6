import {
  ArrowLeftRight,
  FileJson2,
  Monitor,
  Moon,
  PanelLeft,
  Plus,
  Search,
  Settings,
  Sun,
} from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useApp } from '../../stores/use-app.ts';
import { Keys } from '../palette/keys.tsx';
import { ListenerRow } from './listener-row.tsx';
import { Mark } from './mark.tsx';
import { PoolRow } from './pool-row.tsx';
import styles from './rail.module.css';

const THEMES = [
  { value: 'system', label: 'System theme', Icon: Monitor },
  { value: 'light', label: 'Light theme', Icon: Sun },
  { value: 'dark', label: 'Dark theme', Icon: Moon },
] as const;

/** The left rail: the balancer's switch, its pools, its listeners, and the other screens. */
export function Rail() {
  const isCollapsed = useApp((state) => state.isRailCollapsed);
  const setCollapsed = useApp((state) => state.setRailCollapsed);
  const pools = useApp((state) => state.snapshot?.pools);
  const listeners = useApp((state) => state.snapshot?.listeners);
  const theme = useApp((state) => state.theme);
  const setTheme = useApp((state) => state.setTheme);
  return (
    <nav className={styles.rail} data-collapsed={isCollapsed} aria-label="Pools and screens">
      <div className={styles.content}>
        <header className={styles.brand}>
          <Mark />
          {!isCollapsed && <span className={styles.name}>Switchyard</span>}
          <BalancerSwitch />
        </header>
        <Heading words="Pools" add={isCollapsed ? null : 'add-pool'} />
        <ul className={styles.list}>
          {pools?.map((pool) => (
            <PoolRow key={pool.name} name={pool.name} isCollapsed={isCollapsed} />
          ))}
        </ul>
        {!isCollapsed && (
          <>
            <Heading words="Listening on" add="add-listener" />
            <ul className={styles.list}>
              {listeners?.map((listener) => (
                <ListenerRow key={listener.name} listener={listener} />
              ))}
            </ul>
          </>
        )}
        <h2 className={styles.heading}>Balancer</h2>
        <RequestsItem isCollapsed={isCollapsed} />
        <ConfigItem isCollapsed={isCollapsed} />
        <SettingsItem isCollapsed={isCollapsed} />
        <PaletteButton isCollapsed={isCollapsed} />
        <footer className={styles.foot}>
          {!isCollapsed && <Segmented label="Theme" value={theme} options={THEMES} onChange={setTheme} />}
          <Button
            look="icon"
            aria-label={isCollapsed ? 'Expand the sidebar' : 'Collapse the sidebar'}
            aria-expanded={!isCollapsed}
            onClick={() => setCollapsed(!isCollapsed)}
          >
            <PanelLeft size={15} aria-hidden="true" />
          </Button>
        </footer>
      </div>
    </nav>
  );
}

const ADD_WORDS = { 'add-pool': 'Add a pool', 'add-listener': 'Add a listener' } as const;

interface HeadingProps {
  readonly words: string;
  readonly add: keyof typeof ADD_WORDS | null;
}

function Heading({ words, add }: HeadingProps) {
  const openDialog = useApp((state) => state.openDialog);
  return (
    <div className={styles.headed}>
      <h2 className={styles.heading}>{words}</h2>
      {add && (
        <Button
          look="icon"
          className={styles.add}
          aria-label={ADD_WORDS[add]}
          title={ADD_WORDS[add]}
          onClick={() => openDialog(add)}
        >
          <Plus size={14} aria-hidden="true" />
        </Button>
      )}
    </div>
  );
}

function BalancerSwitch() {
  const isRunning = useApp((state) => state.snapshot?.isRunning);
  const setRunning = useApp((state) => state.setRunning);
  return (
    <Toggle
      label="Balancer running"
      isOn={isRunning ?? false}
      isDisabled={isRunning === undefined}
      onChange={(isOn) => void setRunning(isOn)}
    />
  );
}

function PaletteButton({ isCollapsed }: { readonly isCollapsed: boolean }) {
  const setOpen = useApp((state) => state.setPaletteOpen);
  const isMac = useApp((state) => state.platform === 'darwin');
  return (
    <button
      type="button"
      className={styles.palette}
      aria-label={isCollapsed ? 'Search or run' : undefined}
      aria-haspopup="dialog"
      title={isCollapsed ? `Search or run, ${isMac ? '⌘K' : 'Ctrl K'}` : undefined}
      onClick={() => setOpen(true)}
    >
      {isCollapsed ? (
        <Search size={15} aria-hidden="true" />
      ) : (
        <>
          Search or run
          <Keys accelerator="CmdOrCtrl+K" isMac={isMac} />
        </>
      )}
    </button>
  );
}

function RequestsItem({ isCollapsed }: { readonly isCollapsed: boolean }) {
  const isShown = useApp((state) => state.screen === 'requests');
  const show = useApp((state) => state.show);
  return (
    <button
      type="button"
      className={styles.item}
      aria-current={isShown ? 'page' : undefined}
      aria-label="Requests"
      title="Requests"
      onClick={() => show('requests')}
    >
      <ArrowLeftRight size={15} aria-hidden="true" />
      {!isCollapsed && 'Requests'}
    </button>
  );
}

function ConfigItem({ isCollapsed }: { readonly isCollapsed: boolean }) {
  const isShown = useApp((state) => state.screen === 'config');
  const hasDraft = useApp((state) => state.draft !== null);
  const isWrong = useApp((state) => state.config.fileIssues.length > 0);
  const show = useApp((state) => state.show);
  const news = isWrong ? 'the file has errors' : hasDraft ? 'changes not applied' : null;
  return (
    <button
      type="button"
      className={styles.item}
      aria-current={isShown ? 'page' : undefined}
      aria-label={news ? `Config, ${news}` : 'Config'}
      title={news ?? 'Config'}
      onClick={() => show('config')}
    >
      <FileJson2 size={15} aria-hidden="true" />
      {!isCollapsed && 'Config'}
      {news && <i className={styles.news} data-bad={isWrong} aria-hidden="true" />}
    </button>
  );
}

function SettingsItem({ isCollapsed }: { readonly isCollapsed: boolean }) {
  const isShown = useApp((state) => state.screen === 'settings');
  const show = useApp((state) => state.show);
  return (
    <button
      type="button"
      className={styles.item}
      aria-current={isShown ? 'page' : undefined}
      aria-label="Settings"
      title="Settings (,)"
      onClick={() => show('settings')}
    >
      <Settings size={15} aria-hidden="true" />
      {!isCollapsed && 'Settings'}
    </button>
  );
}
