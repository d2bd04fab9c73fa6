import { useEffect, useState } from 'react';
import type { CommandFailure } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import type { WrittenHealthCheck } from '../../../shared/config/config-edit.ts';
import type { ProbeTrial } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { StandingMark } from '../../components/standing-mark.tsx';
import { useApp } from '../../stores/use-app.ts';
import { formatMs } from '../../stores/words.ts';
import styles from './try-out.module.css';

/** So long after the last key, a probe goes out by itself. */
const PAUSE_MS = 500;
/** More would make the dialog a list. */
const TRIED = 5;

interface Props {
  readonly pool: string;
  readonly backends: readonly string[];
  /** As it stands in the form. */
  readonly healthCheck: WrittenHealthCheck;
  /** A path that would pass, and is wanted. */
  onSuggestion(path: string): void;
}

type Trial = Result<ProbeTrial, CommandFailure>;

/** What a probe with these settings gets right now; nothing but this hears of it. */
export function TryOut({ pool, backends, healthCheck, onSuggestion }: Props) {
  const tryProbe = useApp((state) => state.tryProbe);
  const [trials, setTrials] = useState<ReadonlyMap<string, Trial>>(new Map());
  const [round, setRound] = useState(0);
  const written = JSON.stringify(healthCheck);
  const names = backends.slice(0, TRIED);
  const list = JSON.stringify(names);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for another probe of the same
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      setTrials(new Map());
      for (const backend of JSON.parse(list) as string[]) {
        void tryProbe({ pool, backend, healthCheck: JSON.parse(written) }).then((trial) => {
          if (isWanted) setTrials((before) => new Map(before).set(backend, trial));
        });
      }
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [tryProbe, pool, written, list, round]);
  const left = backends.length - names.length;
  return (
    <section className={styles.box} aria-labelledby="try-out">
      <header className={styles.head}>
        <h3 className={styles.title} id="try-out">
          What does this probe get right now?
        </h3>
        <Button onClick={() => setRound(round + 1)}>Try again</Button>
      </header>
      <ul className={styles.list} aria-live="polite">
        {names.map((name) => (
          <Line key={name} name={name} trial={trials.get(name)} onSuggestion={onSuggestion} />
        ))}
      </ul>
      {left > 0 && <p className={styles.quiet}>The {left} others were not asked.</p>}
    </section>
  );
}

interface LineProps {
  readonly name: string;
  readonly trial: Trial | undefined;
  onSuggestion(path: string): void;
}

function Line({ name, trial, onSuggestion }: LineProps) {
  if (!trial)
    return (
      <li className={styles.line}>
        <StandingMark tone="unknown" />
        <b>{name}</b>
        <span className={styles.quiet}>asking…</span>
      </li>
    );
  if (!trial.ok)
    return (
      <li className={styles.line}>
        <StandingMark tone="off" />
        <b>{name}</b>
        <span>not tried: {trial.error.message}</span>
      </li>
    );
  const { passed, words, durationMs, headers, bodyStart, suggestedPath } = trial.value;
  return (
    <li>
      <div className={styles.line}>
        <StandingMark tone={passed ? 'ok' : 'bad'} />
        <b>{name}</b>
        <span>
          {passed ? 'passes' : 'fails'}: {words}, {formatMs(durationMs)}
        </span>
        {suggestedPath && <Button onClick={() => onSuggestion(suggestedPath)}>Use {suggestedPath}</Button>}
      </div>
      {headers && (
        <details className={styles.answer}>
          <summary>The answer</summary>
          <pre>
            {Object.entries(headers)
              .map(([key, value]) => `${key}: ${value}\n`)
              .join('')}
            {bodyStart ? `\n${bodyStart}` : ''}
          </pre>
        </details>
      )}
    </li>
  );
}
