import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { FAULT_PRESETS } from '../../../shared/config/fault-presets.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import { FaultForm } from './fault-form.tsx';
import styles from './faults.module.css';
import { saidFault } from './said-fault.ts';

/** What is simulated to be wrong with a backend: what there is, presets, and one of your own. */
export function FaultsDialog({ backend }: { readonly backend: string }) {
  const pool = useApp(selectPool);
  const found = pool?.backends.find(({ name }) => name === backend);
  return pool && found ? <Dialog pool={pool} backend={found} /> : null;
}

function Dialog({ pool, backend }: { readonly pool: PoolSnapshot; readonly backend: BackendSnapshot }) {
  const close = useApp((state) => state.closeDialog);
  const setFaults = useApp((state) => state.setFaults);
  const [error, setError] = useState<string | null>(null);
  const shown = useRef(backend.faults);
  shown.current = backend.faults;
  /** What was asked for, until a batch shows it: a second fault joins the first also before that. */
  const given = useRef<{ readonly over: BackendSnapshot['faults']; readonly texts: readonly string[] }>(null);
  const now = () =>
    given.current?.over === shown.current ? given.current.texts : shown.current.map(({ text }) => text);
  const set = async (faults: readonly string[]) => {
    const problem = await setFaults(pool.name, backend.name, faults);
    if (problem === null) given.current = { over: shown.current, texts: faults };
    setError(problem);
    return problem === null;
  };
  return (
    <Modal
      title={`Faults of ${backend.name}`}
      lead="Simulated: the backend misbehaves, and the balancer has to find out, as in production."
      isWide
      onClose={close}
    >
      <Active backend={backend} onRemove={(text) => void set(without(now(), text))} />
      <fieldset className={styles.presets}>
        <legend className={styles.legend}>Presets, in place of what there is</legend>
        {FAULT_PRESETS.map(({ title, line, faults }) => (
          <Button key={title} title={line} onClick={() => void set([...faults])}>
            {title}
          </Button>
        ))}
      </fieldset>
      <FaultForm
        error={error}
        onAdd={(line) => set([...now(), line])}
        onType={() => setError(null)}
        onClose={close}
      />
    </Modal>
  );
}

/** Two may read the same: the first of them goes. */
function without(texts: readonly string[], text: string): readonly string[] {
  const at = texts.indexOf(text);
  return at === -1 ? texts : texts.toSpliced(at, 1);
}

function Active({
  backend,
  onRemove,
}: {
  readonly backend: BackendSnapshot;
  readonly onRemove: (text: string) => void;
}) {
  if (backend.faults.length === 0) return <p className={styles.none}>Nothing is simulated at it.</p>;
  return (
    <ul className={styles.active} aria-label="Active faults">
      {backend.faults.map(({ text, settings, requestsHit, probesHit, isSpent }, index) => (
        // Two may read the same, and each is its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: a row holds no state of its own
        <li key={index} className={styles.fault}>
          <span className={styles.said}>
            {saidFault(settings)}
            <span className={`mono ${styles.text}`}>{text}</span>
          </span>
          <span className={styles.hits}>
            {formatCount(requestsHit)} requests and {formatCount(probesHit)} probes hit{isSpent && ', over'}
          </span>
          <Button look="icon" aria-label={`Remove ${text}`} onClick={() => onRemove(text)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
