import { GitCompareArrows, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { TrafficRun } from '../../../shared/view/traffic.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { useApp } from '../../stores/use-app.ts';
import { formatMs, formatPercent, formatRate } from '../../stores/words.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { figuresOf } from './run-figures.ts';
import styles from './run-list.module.css';
import { askedWords, loadWords, policyWords, timeWords } from './run-words.ts';

/** The last runs, newest first; two of them can be compared. */
export function RunList() {
  const runs = useApp((state) => state.trafficRuns);
  const forget = useApp((state) => state.forgetTraffic);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [isComparing, setComparing] = useState(false);
  if (runs.length === 0) return null;
  const [before, after] = runs.filter(({ id }) => chosen.includes(id));
  const choose = (id: number) =>
    // A third takes the place of the one that was chosen first.
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2));
  return (
    <div className={styles.runs}>
      <header className={styles.head}>
        <h3 className={styles.title} id="traffic-runs">
          Last runs
        </h3>
        <p className={styles.lead}>
          {runs.length === 1
            ? 'Send again under another policy to compare the two'
            : 'Choose two to compare; kept until Switchyard quits'}
        </p>
        <Button disabled={!before || !after} onClick={() => setComparing(true)}>
          <GitCompareArrows size={14} aria-hidden="true" />
          Compare
        </Button>
      </header>
      <div className={styles.scroll}>
        <table className={styles.table} aria-labelledby="traffic-runs">
          <thead>
            <tr>
              <th scope="col">
                <span className={styles.hidden}>Compare</span>
              </th>
              <th scope="col">Time</th>
              <th scope="col">Pool</th>
              <th scope="col">Policy</th>
              <th scope="col">Load</th>
              <th scope="col" className={styles.number}>
                p50
              </th>
              <th scope="col" className={styles.number}>
                p99
              </th>
              <th scope="col" className={styles.number}>
                Failed
              </th>
              <th scope="col" className={styles.number}>
                Rate
              </th>
              <th scope="col">
                <span className={styles.hidden}>Delete</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...runs].reverse().map((run) => (
              <Row
                key={run.id}
                run={run}
                isChosen={chosen.includes(run.id)}
                onChoose={() => choose(run.id)}
                onForget={() => void forget(run.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {isComparing && before && after && (
        <CompareDialog before={before} after={after} onClose={() => setComparing(false)} />
      )}
    </div>
  );
}

interface RowProps {
  readonly run: TrafficRun;
  readonly isChosen: boolean;
  onChoose(): void;
  onForget(): void;
}

function Row({ run, isChosen, onChoose, onForget }: RowProps) {
  const { plan, latency, state } = run.progress;
  const { failed, failedShare, perSecond } = figuresOf(run.progress);
  const load = `${loadWords(plan)}${state === 'done' ? '' : `, ${state}`}`;
  const name = `${timeWords(run)}, ${plan.pool}, ${policyWords(run)}, ${load}`;
  return (
    <tr data-chosen={isChosen}>
      <td>
        <Checkbox label={`Compare ${name}`} isOn={isChosen} onChange={onChoose} />
      </td>
      <td>{timeWords(run)}</td>
      <td title={plan.pool}>{plan.pool}</td>
      <td title={policyWords(run)}>{policyWords(run)}</td>
      <td title={`${load}: ${askedWords(plan)}`}>
        {load} <span className={`mono ${styles.asked}`}>{askedWords(plan)}</span>
      </td>
      <td className={styles.number}>{latency ? formatMs(latency.p50Ms) : '–'}</td>
      <td className={styles.number}>{latency ? formatMs(latency.p99Ms) : '–'}</td>
      <td className={styles.number} data-bad={failed > 0}>
        {failed === 0 ? '0' : formatPercent(failedShare)}
      </td>
      <td className={styles.number}>{formatRate(perSecond)} /s</td>
      <td>
        <Button look="icon" aria-label={`Delete ${name}`} title="Delete" onClick={onForget}>
          <Trash2 size={13} aria-hidden="true" />
        </Button>
      </td>
    </tr>
  );
}
