import { useState } from 'react';
import { showCommand } from '../../../shared/command-text.ts';
import type { CommandToAllow } from '../../../shared/config-document.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './processes.module.css';

/** Exactly what would run; nothing does before it is allowed here. */
export function CommandsDialog() {
  // What is allowed is what was shown when the dialog opened; another config since then is refused by its revision.
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
          They are remembered as they stand here: one whose words, folder or variables change asks again.
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
            Allow and run
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
      <pre className={styles.code}>{plain(command)}</pre>
      <dl className={styles.facts}>
        <dt>Folder</dt>
        <dd>{plain(cwd)}</dd>
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
      <dt>{plain(name)}</dt>
      <dd>{plain(value)}</dd>
    </>
  );
}

/** As it is where it can be seen whole; in quotes, with all that cannot be seen written out, where not. */
function plain(text: string): string {
  const shown = showCommand(text);
  return shown === JSON.stringify(text) && !shown.includes('\\n') ? text : shown;
}
