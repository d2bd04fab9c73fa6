import { Menu } from '@base-ui/react/menu';
import { Download } from 'lucide-react';
import type { ExchangeLine } from '../../../shared/view/exchange-record.ts';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import styles from './capture-menu.module.css';

/** Writes what the filter shows to a file, with or without what is secret of it. */
export function ExportMenu({ lines }: { readonly lines: readonly ExchangeLine[] }) {
  const exportHar = useApp((state) => state.exportHar);
  const write = (withSecrets: boolean) =>
    void exportHar(
      lines.map(({ id }) => id),
      withSecrets,
    );
  const what = lines.length === 1 ? 'the request' : `${formatCount(lines.length)} requests`;
  return (
    <Menu.Root>
      <Menu.Trigger
        className={styles.trigger}
        aria-label="Export what is shown as HAR"
        title="Export what is shown as HAR"
        disabled={lines.length === 0}
      >
        <Download size={14} aria-hidden="true" />
        HAR
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.Item className={menu.item} onClick={() => write(false)}>
              Export {what} as HAR…
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={() => write(true)}>
              Export with credentials and cookies…
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
