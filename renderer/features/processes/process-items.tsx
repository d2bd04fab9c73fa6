import { Menu } from '@base-ui/react/menu';
import { PROCESS_ACTIONS } from '../../../shared/calls/process-actions.ts';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import { useProcessAction } from './use-process-action.ts';

/** What can be done, for real, to the process behind a backend. */
export function ProcessItems({ pool, name }: { readonly pool: string; readonly name: string }) {
  const instance = useApp((state) =>
    state.processes.instances.find((one) => one.pool === pool && one.name === name),
  );
  const act = useProcessAction(pool);
  const openDialog = useApp((state) => state.openDialog);
  if (!instance) return null;
  return (
    <>
      <Menu.Separator className={menu.separator} />
      <Menu.Item className={menu.item} onClick={() => openDialog('process-output', name)}>
        Output of the process…
      </Menu.Item>
      {PROCESS_ACTIONS[instance.state].map(({ action, label, title }) => (
        <Menu.Item key={action} className={menu.item} title={title} onClick={() => act(name, action)}>
          {label} the process
        </Menu.Item>
      ))}
    </>
  );
}
