import { Menu } from '@base-ui/react/menu';
import { Ellipsis, FlaskConical, X } from 'lucide-react';
import { FAULT_PRESETS } from '../../../shared/fault-presets.ts';
import type { BackendSnapshot } from '../../../shared/snapshot.ts';
import { Button } from '../../components/button.tsx';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import styles from './selection-bar.module.css';
import { type Bulk, useBulk } from './use-bulk.ts';

interface Props {
  readonly pool: string;
  /** At least one. */
  readonly selected: readonly BackendSnapshot[];
  onClear(): void;
}

/** What can be done with the selected backends; stands where the heading of the table does. */
export function SelectionBar({ pool, selected, onClear }: Props) {
  const bulk = useBulk(pool, selected);
  const some = (admin: BackendSnapshot['admin']) => selected.some((one) => one.admin === admin);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected backends">
      <span className={styles.count} aria-live="polite">
        {selected.length} selected
      </span>
      <Button disabled={!some('disabled') && !some('draining')} onClick={() => void bulk.setAdmin('enabled')}>
        Switch on
      </Button>
      <Button disabled={!some('enabled') && !some('draining')} onClick={() => void bulk.setAdmin('disabled')}>
        Switch off
      </Button>
      <Button disabled={!some('enabled')} onClick={() => void bulk.setAdmin('draining')}>
        Drain
      </Button>
      <FaultMenu selected={selected} bulk={bulk} />
      <MoreMenu pool={pool} selected={selected} bulk={bulk} />
      <Button look="icon" aria-label="Clear the selection" title="Clear the selection" onClick={onClear}>
        <X size={15} aria-hidden="true" />
      </Button>
    </div>
  );
}

function FaultMenu({
  selected,
  bulk,
}: {
  readonly selected: readonly BackendSnapshot[];
  readonly bulk: Bulk;
}) {
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
                onClick={() => void bulk.setFaults(`simulated: ${title.toLowerCase()}`, faults)}
              >
                {title}
              </Menu.Item>
            ))}
            <Menu.Separator className={menu.separator} />
            <Menu.Item
              className={menu.item}
              disabled={!hasFaults}
              onClick={() => void bulk.setFaults('healed', [])}
            >
              Clear their faults
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function MoreMenu({ pool, selected, bulk }: Omit<Props, 'onClear'> & { readonly bulk: Bulk }) {
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
            <Menu.Item className={menu.item} onClick={() => void bulk.probe()}>
              Probe now
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => void bulk.resetCounters()}>
              Reset counters
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => void bulk.dropConnections()}>
              Drop their connections
            </Menu.Item>
            <Menu.Separator className={menu.separator} />
            <Menu.Item
              className={menu.item}
              data-danger=""
              disabled={hasInstance}
              title={hasInstance ? 'The config has their command, not each of them' : undefined}
              onClick={() => void bulk.remove()}
            >
              Remove
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
