import { useState } from 'react';
import type { CommandToAllow } from '../../../shared/config/config-document.ts';
import { showText } from '../../../shared/text/command-text.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './processes.module.css';

/** Exactly what would run. Main shows the same in a dialog of its own, where the user allows it. */
export function CommandsDialog() {
  // Another config since the dialog opened is refused by its revision.
  const [{ toAllow, revision, path }] = useState(useApp((state) => state.config));
  const allow = useApp((state) => state.allowCommands);
  const close = useApp((state) => state.closeDialog);
  return (
    <Modal
      title="Run the commands of this config?"
      lead={`${path ?? 'It'} asks Switchyard to run programs on this machine, with all that you may do here. Allow them only if you know where they come from.`}
      isWide
      onClose={close}
    >
      <div className={form.form}>
        <ul className={styles.commands}>
          {toAllow.map((command) => (
            <Command key={`${command.pool}/${command.name}`} command={command} />
          ))}
        </ul>
        <p className={styles.quiet}>
          Switchyard asks once more in a dialog of the system. It remembers each command, its folder and its
          variables, and asks again if one of them changes. The files that a command calls may change without
          a question.
        </p>
        <div className={form.actions}>
          <Button onClick={close}>Not now</Button>
          <Button
            look="accent"
            onClick={() => {
              close();
              void allow(revision);
            }}
          >
            Allow and run…
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Command({
  command: { pool, name, command, instances, cwd, env },
}: {
  readonly command: CommandToAllow;
}) {
  return (
    <li className={styles.command}>
      <p>
        <b>{name}</b> in pool {pool}, {instances} {instances === 1 ? 'instance' : 'instances'}
      </p>
      <pre className={styles.code}>{showText(command)}</pre>
      <dl className={styles.facts}>
        <dt>Folder</dt>
        <dd>{showText(cwd)}</dd>
        {Object.entries(env).map(([key, value]) => (
          <Variable key={key} name={key} value={value} />
        ))}
      </dl>
    </li>
  );
}

function Variable({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{showText(name)}</dt>
      <dd>{showText(value)}</dd>
    </>
  );
}
