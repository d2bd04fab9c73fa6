import { ACTION_GROUPS, type Action } from '../../../shared/actions/action.ts';
import { allActions } from '../../../shared/actions/all-actions.ts';
import { Modal } from '../../components/modal.tsx';
import { useApp } from '../../stores/use-app.ts';
import { actionContext, NOTHING_LOOKED_UP } from './action-context.ts';
import { Keys } from './keys.tsx';
import styles from './shortcuts-dialog.module.css';

/** Every action that has a shortcut, with all of its keys. */
export function ShortcutsDialog() {
  const close = useApp((state) => state.closeDialog);
  const isMac = useApp((state) => state.platform === 'darwin');
  const state = useApp((all) => all);
  const actions = allActions(actionContext(state, NOTHING_LOOKED_UP)).filter(
    ({ accelerator, key }) => accelerator !== undefined || key !== undefined,
  );
  const groups = ACTION_GROUPS.map((group) => ({
    group,
    actions: actions.filter((one) => one.group === group),
  })).filter(({ actions: some }) => some.length > 0);
  return (
    <Modal
      title="Keyboard shortcuts"
      lead="Keys without a modifier work while nothing is being typed."
      isWide
      onClose={close}
    >
      <div className={styles.columns}>
        {groups.map(({ group, actions: some }) => (
          <section key={group} className={styles.group} aria-label={group}>
            <h3 className={styles.heading}>{group}</h3>
            <ul className={styles.list}>
              {some.map((action) => (
                <Line key={action.id} action={action} isMac={isMac} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function Line({ action, isMac }: { readonly action: Action; readonly isMac: boolean }) {
  const { name, accelerator, key } = action;
  return (
    <li className={styles.line}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.keys}>
        <Keys accelerator={key ?? null} isMac={isMac} />
        <Keys accelerator={accelerator ?? null} isMac={isMac} />
      </span>
    </li>
  );
}
