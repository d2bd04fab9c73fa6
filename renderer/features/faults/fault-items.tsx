import { Menu } from '@base-ui/react/menu';
import { ChevronRight } from 'lucide-react';
import { FAULT_PRESETS } from '../../../shared/config/fault-presets.ts';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import menu from '../../components/menu.module.css';
import { StandingMark } from '../../components/standing-mark.tsx';
import { useApp } from '../../stores/use-app.ts';

interface Props {
  readonly pool: string;
  readonly backend: BackendSnapshot;
}

/** The part of a backend's menu that makes it misbehave. */
export function FaultItems({ pool, backend: { name, faults } }: Props) {
  const setFaults = useApp((state) => state.setFaults);
  const openDialog = useApp((state) => state.openDialog);
  const toast = useApp((state) => state.toast);
  const set = async (texts: readonly string[]) => {
    const problem = await setFaults(pool, name, texts);
    if (problem !== null) toast({ tone: 'bad', words: problem });
  };
  return (
    <>
      <Menu.SubmenuRoot>
        <Menu.SubmenuTrigger className={menu.item}>
          <StandingMark tone="simulated" />
          Simulate a fault
          <ChevronRight size={14} className={menu.arrow} aria-hidden="true" />
        </Menu.SubmenuTrigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={2} alignOffset={-4}>
            <Menu.Popup className={menu.popup}>
              {FAULT_PRESETS.map(({ title, line, faults: preset }) => (
                <Menu.Item
                  key={title}
                  className={menu.item}
                  title={line}
                  onClick={() => void set([...preset])}
                >
                  {title}
                </Menu.Item>
              ))}
              <Menu.Separator className={menu.separator} />
              <Menu.Item className={menu.item} onClick={() => openDialog('faults', name)}>
                Another…
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.SubmenuRoot>
      {faults.length > 0 && (
        <Menu.Item className={menu.item} onClick={() => void set([])}>
          Clear its faults
        </Menu.Item>
      )}
    </>
  );
}
