import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import styles from './capture-menu.module.css';

/** Of which pools bodies are captured, and the switch for each. */
export function CaptureMenu() {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const setCapture = useApp((state) => state.setCapture);
  const captured = pools.filter(({ isCaptured }) => isCaptured).map(({ name }) => name);
  const words =
    captured.length === 0 ? 'off' : captured.length === 1 ? captured[0] : `${captured.length} pools`;
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.trigger} data-on={captured.length > 0} disabled={pools.length === 0}>
        <span>Bodies:</span>
        <span className={styles.words}>{words}</span>
        <ChevronDown size={13} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.Group>
              <Menu.GroupLabel className={styles.lead}>
                Keep the first 64 kB of the bodies, in memory alone, of requests to
              </Menu.GroupLabel>
              {pools.map(({ name, isCaptured }) => (
                <Menu.CheckboxItem
                  key={name}
                  className={menu.item}
                  checked={isCaptured}
                  onCheckedChange={(isOn) => void setCapture(name, isOn)}
                >
                  <span className={styles.box}>
                    <Menu.CheckboxItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Menu.CheckboxItemIndicator>
                  </span>
                  {name}
                </Menu.CheckboxItem>
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
