import { useState } from 'react';
import type {
  ImportedPool,
  ImportKind,
  ImportNote,
  ImportReview,
} from '../../../shared/config/import-review.ts';
import { POLICY_WORDS } from '../../../shared/config/policies.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import rows from '../../components/rows.module.css';
import { useApp } from '../../stores/use-app.ts';
import styles from './import-dialog.module.css';

const KIND_WORDS: Readonly<Record<ImportKind, string>> = {
  compose: 'a Compose file',
  procfile: 'a Procfile',
  nginx: 'an nginx config',
  haproxy: 'an HAProxy config',
};

/** What another program's file comes to as a config, before it becomes one. */
export function ImportDialog({ review }: { readonly review: ImportReview }) {
  const save = useApp((state) => state.saveImport);
  const close = useApp((state) => state.closeImport);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const name = review.path.split(/[\\/]/).at(-1) ?? review.path;
  const submit = async () => {
    setSaving(true);
    setFailure(await save());
    setSaving(false);
  };
  return (
    <Modal
      title={`Use ${name} as a config`}
      lead={`It was read as ${KIND_WORDS[review.kind]}, and stays as it is. Below is what becomes of it here.`}
      isWide
      onClose={close}
    >
      <div className={form.form}>
        <ul className={`${rows.rows} ${styles.pools}`} aria-label="Pools">
          {review.pools.map((pool) => (
            <Pool key={pool.name} pool={pool} />
          ))}
        </ul>
        <p className={styles.listeners}>
          Listens on <span className="mono">{review.listeners.join(', ')}</span>, on this machine only.
        </p>
        {review.notes.length > 0 && <Notes notes={review.notes} />}
        <details
          className={styles.details}
          onToggle={(event) =>
            event.currentTarget.open && event.currentTarget.scrollIntoView({ block: 'nearest' })
          }
        >
          <summary>Show the config</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard. */}
          <pre className={styles.code} tabIndex={0}>
            {review.text}
          </pre>
        </details>
        {failure !== null && (
          <p className={styles.failure} role="alert">
            {failure}
          </p>
        )}
        <div className={form.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button look="accent" disabled={isSaving} onClick={() => void submit()}>
            Save and use…
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Pool({ pool: { name, policy, servers } }: { readonly pool: ImportedPool }) {
  // What is no URL is a command.
  const thing = servers.every((one) => /^https?:/.test(one)) ? 'backend' : 'command';
  return (
    <li className={`${rows.row} ${styles.pool}`}>
      <b className={styles.name}>{name}</b>
      <span className={styles.quiet}>
        {servers.length} {servers.length === 1 ? thing : `${thing}s`},{' '}
        {POLICY_WORDS[policy].title.toLowerCase()}
      </span>
      <span className={`mono ${styles.servers}`} title={servers.join('\n')}>
        {servers.map((server) => server.replace(/^http:\/\//, '')).join(' · ')}
      </span>
    </li>
  );
}

function Notes({ notes }: { readonly notes: readonly ImportNote[] }) {
  return (
    <section aria-labelledby="import-notes">
      <h3 id="import-notes" className={styles.heading}>
        Left out or changed <span className={styles.quiet}>{notes.length}</span>
      </h3>
      <ul className={`${rows.rows} ${styles.notes}`}>
        {notes.map(({ line, words }) => (
          <li key={`${line} ${words}`} className={`${rows.row} ${styles.note}`}>
            <span className={styles.line}>{line === null ? '' : `line ${line}`}</span>
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
