import { useState } from 'react';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import { useIsInstance } from '../processes/use-is-instance.ts';
import { addressOf } from './address-of.ts';
import styles from './backends-table.module.css';

interface Props {
  readonly pool: string;
  readonly backend: BackendSnapshot;
}

/** The name, which a click makes a field of; Enter keeps what is typed, Escape what was there. */
export function BackendName({ pool, backend }: Props) {
  const { name } = backend;
  const isInstance = useIsInstance(pool, name);
  const [isEdited, setEdited] = useState(false);
  /** The keyboard was in the field, which is gone. */
  const [isBack, setBack] = useState(false);
  const leave = (byKey: boolean) => {
    setBack(byKey);
    setEdited(false);
  };
  if (isEdited) return <NameField pool={pool} backend={backend} onDone={leave} />;
  if (isInstance)
    return (
      <span className={styles.name} title={`${name}: named after its command in the config`}>
        {name}
      </span>
    );
  return (
    <button
      type="button"
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the field that had the focus
      autoFocus={isBack}
      className={`${styles.name} ${styles.rename}`}
      data-address={name === addressOf(backend)}
      aria-label={`Rename ${name}`}
      title={`${name}: click to rename`}
      onClick={() => setEdited(true)}
    >
      <bdi>{name}</bdi>
    </button>
  );
}

function NameField({ pool, backend, onDone }: Props & { onDone(byKey: boolean): void }) {
  const editConfig = useApp((state) => state.editConfig);
  const toast = useApp((state) => state.toast);
  const [text, setText] = useState(backend.name);
  const save = async (byKey: boolean) => {
    const name = text.trim();
    onDone(byKey);
    if (name === backend.name || name === '') return;
    const result = await editConfig({
      kind: 'update-server',
      pool,
      backend: backend.name,
      server: { ...asWritten(backend), name },
    });
    if (!result.ok) toast({ tone: 'bad', words: failureWords(result.error) });
  };
  return (
    <input
      className={styles.nameField}
      aria-label={`New name of ${backend.name}`}
      // Somebody has just asked to type here.
      // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was pressed
      autoFocus
      value={text}
      maxLength={200}
      spellCheck={false}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => void save(false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save(true);
        if (event.key === 'Escape') onDone(true);
      }}
    />
  );
}

/** What the config says of it beside its name. */
function asWritten({ url, weight, maxConnections, isBackup }: BackendSnapshot) {
  return {
    url,
    ...(weight === 1 ? {} : { weight }),
    ...(maxConnections === null ? {} : { maxConnections }),
    ...(isBackup ? { backup: true as const } : {}),
  };
}
