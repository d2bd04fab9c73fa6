import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { memo } from 'react';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import { FaultItems } from '../faults/fault-items.tsx';
import { ProcessItems } from '../processes/process-items.tsx';
import { useIsInstance } from '../processes/use-is-instance.ts';
import styles from './backends-table.module.css';

const FORCES = [
  { forced: 'up', words: 'Force up, whatever its checks say' },
  { forced: 'down', words: 'Force down, whatever its checks say' },
  { forced: null, words: 'Leave it to its checks' },
] as const;

interface Props {
  readonly pool: string;
  readonly backend: BackendSnapshot;
}

/** What else can be done with a backend. Its figures change four times a second, and are none of a menu's business. */
export const RowMenu = memo(
  Items,
  (before, after) =>
    SHOWN.every((of) => before.backend[of] === after.backend[of]) &&
    // Every probe brings another list of them; the menu only asks whether there are any.
    before.backend.faults.length === after.backend.faults.length &&
    before.pool === after.pool,
);

const SHOWN = ['name', 'url', 'admin', 'forced'] as const;

function Items({ pool, backend }: Props) {
  const setAdmin = useApp((state) => state.setAdmin);
  const probeNow = useApp((state) => state.probeNow);
  const fitChecks = useApp((state) => state.fitChecks);
  const openDialog = useApp((state) => state.openDialog);
  const editWithUndo = useApp((state) => state.editWithUndo);
  const copy = useApp((state) => state.copy);
  const openUrl = useApp((state) => state.openUrl);
  const resetCounters = useApp((state) => state.resetCounters);
  const dropConnections = useApp((state) => state.dropConnections);
  const forceHealth = useApp((state) => state.forceHealth);
  const { name, url, admin, forced } = backend;
  const isInstance = useIsInstance(pool, name);
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.more} aria-label={`More for ${name}`}>
        <Ellipsis size={15} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            {!isInstance && (
              <Menu.Item className={menu.item} onClick={() => openDialog('edit-backend', name)}>
                Edit…
              </Menu.Item>
            )}
            <Menu.Item className={menu.item} onClick={() => openDialog('health-history', name)}>
              Health history…
            </Menu.Item>
            {!isInstance && (
              <Menu.Item className={menu.item} onClick={() => openDialog('health-check', name)}>
                Health checks of its own…
              </Menu.Item>
            )}
            <Menu.Item className={menu.item} onClick={() => void probeNow(pool, name)}>
              Probe now
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => void fitChecks(pool, [name])}>
              Find a check that fits
            </Menu.Item>
            {admin === 'enabled' ? (
              <Menu.Item className={menu.item} onClick={() => void setAdmin(pool, name, 'draining')}>
                Drain: finish what is in flight
              </Menu.Item>
            ) : (
              <Menu.Item className={menu.item} onClick={() => void setAdmin(pool, name, 'enabled')}>
                Back in rotation
              </Menu.Item>
            )}
            <Menu.Item className={menu.item} onClick={() => void resetCounters(pool, name)}>
              Reset its counters
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => void dropConnections(pool, [name])}>
              Drop its connections
            </Menu.Item>
            <Menu.Separator className={menu.separator} />
            <FaultItems pool={pool} backend={backend} />
            <Menu.Separator className={menu.separator} />
            {FORCES.filter((one) => one.forced !== forced).map((one) => (
              <Menu.Item
                key={one.words}
                className={menu.item}
                onClick={() => void forceHealth(pool, name, one.forced)}
              >
                {one.words}
              </Menu.Item>
            ))}
            <Menu.Separator className={menu.separator} />
            <Menu.Item className={menu.item} onClick={() => void openUrl(url)}>
              Open in the browser
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => copy(url, 'Address')}>
              Copy its URL
            </Menu.Item>
            {isInstance ? (
              <ProcessItems pool={pool} name={name} />
            ) : (
              <>
                <Menu.Separator className={menu.separator} />
                <Menu.Item
                  className={menu.item}
                  data-danger=""
                  onClick={() =>
                    void editWithUndo({ kind: 'remove-server', pool, backend: name }, `Removed ${name}.`)
                  }
                >
                  Remove
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
