import { FileJson2, Monitor, Moon, PanelLeft, Sun } from 'lucide-react';
import { useState } from 'react';
import type { Theme } from '../../../shared/contract.ts';
import { Button } from '../../components/button.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useApp } from '../../stores/use-app.ts';
import { ListenerRow } from './listener-row.tsx';
import { Mark } from './mark.tsx';
import { PoolRow } from './pool-row.tsx';
import styles from './rail.module.css';

const THEMES: Readonly<
  Record<Theme, { readonly next: Theme; readonly label: string; readonly Icon: typeof Sun }>
> = {
  system: { next: 'light', label: 'System theme', Icon: Monitor },
  light: { next: 'dark', label: 'Light theme', Icon: Sun },
  dark: { next: 'system', label: 'Dark theme', Icon: Moon },
};

/** The left rail: the balancer's switch, its pools, its doors, and the other screens. */
export function Rail() {
  const [isCollapsed, setCollapsed] = useState(false);
  const isRunning = useApp((state) => state.snapshot?.isRunning ?? false);
  const setRunning = useApp((state) => state.setRunning);
  const pools = useApp((state) => state.snapshot?.pools);
  const listeners = useApp((state) => state.snapshot?.listeners);
  const screen = useApp((state) => state.screen);
  const show = useApp((state) => state.show);
  const theme = useApp((state) => state.theme);
  const setTheme = useApp((state) => state.setTheme);
  const { next, label, Icon } = THEMES[theme];
  const expand = (
    <Button
      look="icon"
      aria-label={isCollapsed ? 'Expand the sidebar' : 'Collapse the sidebar'}
      aria-expanded={!isCollapsed}
      onClick={() => setCollapsed(!isCollapsed)}
    >
      <PanelLeft size={15} aria-hidden="true" />
    </Button>
  );
  if (isCollapsed) {
    return (
      <nav className={styles.collapsed} aria-label="Pools and screens">
        <Mark />
        <Toggle label="Balancer running" isOn={isRunning} onChange={(isOn) => void setRunning(isOn)} />
        <div className={styles.foot}>{expand}</div>
      </nav>
    );
  }
  return (
    <nav className={styles.rail} aria-label="Pools and screens">
      <header className={styles.brand}>
        <Mark />
        <span className={styles.name}>Switchyard</span>
        <Toggle label="Balancer running" isOn={isRunning} onChange={(isOn) => void setRunning(isOn)} />
      </header>
      <h2 className={styles.heading}>Pools</h2>
      <ul>
        {pools?.map((pool) => (
          <PoolRow key={pool.name} name={pool.name} />
        ))}
      </ul>
      <h2 className={styles.heading}>Listening on</h2>
      <ul>
        {listeners?.map((listener) => (
          <ListenerRow key={listener.name} listener={listener} />
        ))}
      </ul>
      <h2 className={styles.heading}>Balancer</h2>
      <button
        type="button"
        className={styles.item}
        aria-current={screen === 'config' ? 'page' : undefined}
        onClick={() => show('config')}
      >
        <FileJson2 size={15} aria-hidden="true" />
        Config
      </button>
      <footer className={styles.foot}>
        <Button look="quiet" className={styles.theme} onClick={() => setTheme(next)} title="Change the theme">
          <Icon size={15} aria-hidden="true" />
          {label}
        </Button>
        {expand}
      </footer>
    </nav>
  );
}
