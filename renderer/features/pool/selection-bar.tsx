import { Menu } from '@base-ui/react/menu';
import { Ellipsis, FlaskConical, X } from 'lucide-react';
import { FAULT_PRESETS } from '../../../shared/config/fault-presets.ts';
import type { AdminState, BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import styles from './selection-bar.module.css';

interface Props {
  readonly pool: string;
  /** At least one. */
  readonly selected: readonly BackendSnapshot[];
  onClear(): void;
}

/** What can be done with the selected backends; stands where the heading of the table does. */
export function SelectionBar({ pool, selected, onClear }: Props) {
  const setAdminOf = useApp((state) => state.setAdminOf);
  const set = (state: AdminState) => void setAdminOf(pool, selected, state);
  const some = (admin: BackendSnapshot['admin']) => selected.some((one) => one.admin === admin);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected backends">
      <span className={styles.count} aria-live="polite">
        {selected.length} selected
      </span>
      <Button disabled={!some('disabled') && !some('draining')} onClick={() => set('enabled')}>
        Switch on
      </Button>
      <Button disabled={!some('enabled') && !some('draining')} onClick={() => set('disabled')}>
        Switch off
      </Button>
      <Button disabled={!some('enabled')} onClick={() => set('draining')}>
        Drain
      </Button>
      <FaultMenu pool={pool} selected={selected} />
      <MoreMenu pool={pool} selected={selected} />
      <Button look="icon" aria-label="Clear the selection" title="Clear the selection" onClick={onClear}>
        <X size={15} aria-hidden="true" />
      </Button>
    </div>
  );
}

function FaultMenu({ pool, selected }: Omit<Props, 'onClear'>) {
  const setFaultsOf = useApp((state) => state.setFaultsOf);
  const hasFaults = selected.some(({ faults }) => faults.length > 0);
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.trigger}>
        <FlaskConical size={14} aria-hidden="true" />
        Simulate
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            {FAULT_PRESETS.map(({ title, line, faults }) => (
              <Menu.Item
                key={title}
                className={menu.item}
                title={line}
                onClick={() =>
                  void setFaultsOf(pool, selected, { title: `simulated: ${title.toLowerCase()}`, faults })
                }
              >
                {title}
              </Menu.Item>
            ))}
            <Menu.Separator className={menu.separator} />
            <Menu.Item
              className={menu.item}
              disabled={!hasFaults}
              onClick={() => void setFaultsOf(pool, selected, { title: 'healed', faults: [] })}
            >
              Clear their faults
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function MoreMenu({ pool, selected }: Omit<Props, 'onClear'>) {
  const probeNow = useApp((state) => state.probeNow);
  const resetCounters = useApp((state) => state.resetCounters);
  const dropConnections = useApp((state) => state.dropConnections);
  const removeServers = useApp((state) => state.removeServers);
  const names = selected.map(({ name }) => name);
  const each = (act: (pool: string, backend: string) => Promise<void>) => {
    for (const name of names) void act(pool, name);
  };
  // The config has no line of its own for the instance of a command.
  const instances = useApp((state) => state.processes.instances);
  const hasInstance = selected.some(({ name }) =>
    instances.some((one) => one.pool === pool && one.name === name),
  );
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.trigger} aria-label="More for the selected backends">
        <Ellipsis size={15} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.Item className={menu.item} onClick={() => each(probeNow)}>
              Probe now
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => each(resetCounters)}>
              Reset counters
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => void dropConnections(pool, names)}>
              Drop their connections
            </Menu.Item>
            <Menu.Separator className={menu.separator} />
            <Menu.Item
              className={menu.item}
              data-danger=""
              disabled={hasInstance}
              title={hasInstance ? 'The config has their command, not each of them' : undefined}
              onClick={() => void removeServers(pool, names)}
            >
              Remove
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
