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
import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Screen } from '../../../shared/calls/app-command.ts';
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
  // Their names alone: the figures of each are its row's.
  const pools = useApp(useShallow((state) => state.snapshot?.pools.map(({ name }) => name)));
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
          {pools?.map((name) => (
            <PoolRow key={name} name={name} isCollapsed={isCollapsed} />
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
        <ScreenItem
          screen="requests"
          words="Requests"
          icon={<ArrowLeftRight size={15} aria-hidden="true" />}
          isCollapsed={isCollapsed}
        />
        <ConfigItem isCollapsed={isCollapsed} />
        <ScreenItem
          screen="settings"
          words="Settings"
          title="Settings (,)"
          icon={<Settings size={15} aria-hidden="true" />}
          isCollapsed={isCollapsed}
        />
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

interface ItemProps {
  readonly screen: Screen;
  /** Its words, which are its name too. */
  readonly words: string;
  readonly icon: ReactNode;
  readonly isCollapsed: boolean;
  readonly title?: string;
  /** What there is to know of it; null for nothing. */
  readonly news?: { readonly words: string; readonly isBad: boolean } | null;
}

function ScreenItem({ screen, words, icon, isCollapsed, title = words, news = null }: ItemProps) {
  const isShown = useApp((state) => state.screen === screen);
  const show = useApp((state) => state.show);
  return (
    <button
      type="button"
      className={styles.item}
      aria-current={isShown ? 'page' : undefined}
      aria-label={news ? `${words}, ${news.words}` : words}
      title={news?.words ?? title}
      onClick={() => show(screen)}
    >
      {icon}
      {!isCollapsed && words}
      {news && <i className={styles.news} data-bad={news.isBad} aria-hidden="true" />}
    </button>
  );
}

function ConfigItem({ isCollapsed }: { readonly isCollapsed: boolean }) {
  const hasDraft = useApp((state) => state.draft !== null);
  const isBad = useApp((state) => state.config.fileIssues.length > 0);
  const words = isBad ? 'the file has errors' : hasDraft ? 'changes not applied' : null;
  return (
    <ScreenItem
      screen="config"
      words="Config"
      icon={<FileJson2 size={15} aria-hidden="true" />}
      isCollapsed={isCollapsed}
      news={words === null ? null : { words, isBad }}
    />
  );
}
