import { Minus, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import { useIsInstance } from '../processes/use-is-instance.ts';
import styles from './weight-stepper.module.css';

/** Several clicks are one change of the file. */
const PAUSE_MS = 350;
const MOST = 1_000;

interface Props {
  readonly pool: string;
  readonly backend: string;
  /** As the engine has it. */
  readonly weight: number;
}

/** One more or one less; what is shown is the engine's weight, or the one it is about to be given. */
export function WeightStepper({ pool, backend, weight }: Props) {
  const editConfig = useApp((state) => state.editConfig);
  const toast = useApp((state) => state.toast);
  const isInstance = useIsInstance(pool, backend);
  const [wanted, setWanted] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  const shown = wanted ?? weight;
  const step = (by: 1 | -1) => {
    const next = shown + by;
    setWanted(next);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void apply(next), PAUSE_MS);
  };
  const apply = async (next: number) => {
    const result = await editConfig({ kind: 'set-weight', pool, backend, weight: next });
    // Unless it was clicked again meanwhile.
    setWanted((latest) => (latest === next ? null : latest));
    if (!result.ok) toast({ tone: 'bad', words: failureWords(result.error) });
  };
  return (
    <span
      className={styles.stepper}
      title={isInstance ? 'The weight of its command is in the config' : undefined}
    >
      <button
        type="button"
        aria-label={`Less weight for ${backend}`}
        disabled={isInstance || shown <= 1}
        onClick={() => step(-1)}
      >
        <Minus size={12} aria-hidden="true" />
      </button>
      <output aria-label={`Weight of ${backend}`}>{shown}</output>
      <button
        type="button"
        aria-label={`More weight for ${backend}`}
        disabled={isInstance || shown >= MOST}
        onClick={() => step(1)}
      >
        <Plus size={12} aria-hidden="true" />
      </button>
    </span>
  );
}
