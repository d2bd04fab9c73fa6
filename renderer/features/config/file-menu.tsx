import { Menu } from '@base-ui/react/menu';
import { ChevronDown, FolderOpen, X } from 'lucide-react';
import { useState } from 'react';
import type { RecentFile } from '../../../shared/config/config-document.ts';
import button from '../../components/button.module.css';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import styles from './file-menu.module.css';

/** Opening another config, one of those that were open before among them, and saving this one elsewhere. */
export function FileMenu({ canSave }: { readonly canSave: boolean }) {
  const current = useApp((state) => state.config.path);
  const openFile = useApp((state) => state.openConfigFile);
  const saveAs = useApp((state) => state.saveConfigAs);
  const recentConfigs = useApp((state) => state.recentConfigs);
  const forget = useApp((state) => state.forgetConfig);
  const [recent, setRecent] = useState<readonly RecentFile[]>([]);
  const others = recent.filter(({ path }) => path !== current);
  return (
    <Menu.Root
      onOpenChange={(isOpen) => {
        if (isOpen) void recentConfigs().then(setRecent);
      }}
    >
      <Menu.Trigger className={button.button}>
        <FolderOpen size={15} aria-hidden="true" />
        File
        <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6}>
          <Menu.Popup className={`${menu.popup} ${styles.popup}`}>
            <Menu.Item className={menu.item} onClick={() => void openFile(null)}>
              Open…
            </Menu.Item>
            <Menu.Item className={menu.item} disabled={!canSave} onClick={() => void saveAs()}>
              Save as…
            </Menu.Item>
            {others.length > 0 && (
              <Menu.Group>
                <div className={menu.separator} />
                <Menu.GroupLabel className={styles.label}>Recent</Menu.GroupLabel>
                {others.map(({ path, isMissing }) =>
                  isMissing ? (
                    <Menu.Item
                      key={path}
                      className={`${menu.item} ${styles.file} ${styles.missing}`}
                      closeOnClick={false}
                      onClick={() => void forget(path).then(setRecent)}
                    >
                      <FileName path={path} note="Not there any more; choose it to take it off" />
                      <X size={14} aria-hidden="true" />
                    </Menu.Item>
                  ) : (
                    <Menu.Item
                      key={path}
                      className={`${menu.item} ${styles.file}`}
                      onClick={() => void openFile(path)}
                    >
                      <FileName path={path} />
                    </Menu.Item>
                  ),
                )}
              </Menu.Group>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** The name first, since folders are often alike. */
function FileName({ path, note }: { readonly path: string; readonly note?: string }) {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return (
    <span className={styles.words} title={path}>
      <span className={styles.name}>{path.slice(at + 1)}</span>{' '}
      <span className={styles.folder}>{note ?? path.slice(0, at)}</span>
    </span>
  );
}
