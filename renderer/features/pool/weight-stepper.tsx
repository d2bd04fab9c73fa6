import { Minus, Plus } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
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

/** One more, one less, or a number that is typed; what is shown is the engine's weight, or the one it is about to be given. */
export const WeightStepper = memo(function WeightStepper({ pool, backend, weight }: Props) {
  const editConfig = useApp((state) => state.editConfig);
  const toast = useApp((state) => state.toast);
  const isInstance = useIsInstance(pool, backend);
  const [wanted, setWanted] = useState<number | null>(null);
  /** What is being typed; null while nothing is. */
  const [typed, setTyped] = useState<string | null>(null);
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; apply(): void } | null>(null);
  // Whoever goes to another screen in the pause has still asked for it.
  useEffect(() => () => waiting.current?.apply(), []);
  const shown = wanted ?? weight;
  const want = (next: number) => {
    setTyped(null);
    setWanted(next);
    if (waiting.current) clearTimeout(waiting.current.timer);
    const applyNow = () => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = null;
      void apply(next);
    };
    waiting.current = { timer: setTimeout(applyNow, PAUSE_MS), apply: applyNow };
  };
  const apply = async (next: number) => {
    const result = await editConfig({ kind: 'set-weight', pool, backend, weight: next });
    // Unless it was changed again meanwhile.
    setWanted((latest) => (latest === next ? null : latest));
    if (!result.ok) toast({ tone: 'bad', words: failureWords(result.error) });
  };
  const step = (by: 1 | -1) => {
    const next = shown + by;
    if (next >= 1 && next <= MOST) want(next);
  };
  const leave = () => {
    const next = typed === null || typed.trim() === '' ? shown : Number(typed);
    if (next === shown) setTyped(null);
    else want(next);
  };
  return (
    <span
      className={styles.stepper}
      title={isInstance ? 'The weight of its command is in the config' : undefined}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Less weight for ${backend}`}
        disabled={isInstance || shown <= 1}
        onClick={() => step(-1)}
      >
        <Minus size={12} aria-hidden="true" />
      </button>
      <input
        role="spinbutton"
        inputMode="numeric"
        aria-label={`Weight of ${backend}`}
        aria-valuenow={shown}
        aria-valuemin={1}
        aria-valuemax={MOST}
        readOnly={isInstance}
        value={typed ?? shown}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value.replace(/\D/g, '').slice(0, 5))}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
          else if (event.key === 'Escape') setTyped(null);
          else if (event.key === 'ArrowUp') step(1);
          else if (event.key === 'ArrowDown') step(-1);
          else return;
          event.preventDefault();
        }}
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={`More weight for ${backend}`}
        disabled={isInstance || shown >= MOST}
        onClick={() => step(1)}
      >
        <Plus size={12} aria-hidden="true" />
      </button>
    </span>
  );
});
