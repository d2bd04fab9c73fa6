import { Menu } from '@base-ui/react/menu';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import { ACTIONS } from './process-actions.ts';

/** What can be done, for real, to the process behind a backend. */
export function ProcessItems({ pool, name }: { readonly pool: string; readonly name: string }) {
  const instance = useApp((state) => state.instances.find((one) => one.pool === pool && one.name === name));
  const act = useApp((state) => state.actOnProcess);
  if (!instance) return null;
  return (
    <>
      <Menu.Separator className={menu.separator} />
      {ACTIONS[instance.state].map(({ action, label, title }) => (
        <Menu.Item
          key={action}
          className={menu.item}
          title={title}
          onClick={() => void act(pool, name, action)}
        >
          {label} the process
        </Menu.Item>
      ))}
    </>
  );
}
