import { POLICY_WORDS, type PolicyName } from '../../../shared/config/policies.ts';
import type { LabAnswer, LabBackend, LabResult } from '../../../shared/view/policy-lab.ts';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { backendColour } from '../../stores/backend-colours.ts';
import { formatCount, formatMs, formatPercent } from '../../stores/words.ts';
import styles from './policy-lab.module.css';

interface Props {
  readonly answer: LabAnswer;
  readonly pool: PoolSnapshot;
  readonly names: readonly [PolicyName, PolicyName];
}

/** What was, and what would have been: in all, then backend by backend. */
export function ReplayTable({ answer, pool, names }: Props) {
  const { measured, replayed, requests } = answer;
  const results = [measured, ...replayed];
  const all: readonly (readonly [string, (result: LabResult) => string])[] = [
    ['p50', ({ p50Ms }) => formatMs(p50Ms)],
    ['p95', ({ p95Ms }) => formatMs(p95Ms)],
    ['p99', ({ p99Ms }) => formatMs(p99Ms)],
    ['Had to wait', (result) => (result === measured ? '–' : formatCount(result.waited))],
  ];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">As it was</th>
          {names.map((name, index) => (
            <th key={index === 0 ? 'A' : 'B'} scope="col" className={styles.replayed}>
              {index === 0 ? 'A' : 'B'}: {POLICY_WORDS[name].title}
              <span className={styles.line}>replayed</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {all.map(([name, figure]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {results.map((result, index) => (
              <td key={['was', 'A', 'B'][index]}>{figure(result)}</td>
            ))}
          </tr>
        ))}
        {measured.backends.map(({ backend }, row) => (
          <tr key={backend}>
            <th scope="row">
              <span className={styles.who}>
                <i style={{ background: colourOf(pool, backend) }} aria-hidden="true" />
                {backend}
              </span>
            </th>
            {results.map((result, index) => (
              <td key={['was', 'A', 'B'][index]}>
                <Cell one={result.backends[row]} requests={requests} colour={colourOf(pool, backend)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly one: LabBackend | undefined;
  readonly requests: number;
  readonly colour: string;
}

function Cell({ one, requests, colour }: CellProps) {
  if (!one) return null;
  const share = formatPercent(one.requests / requests);
  return (
    <>
      {share}
      <span className={styles.share} aria-hidden="true">
        <i style={{ width: `${(one.requests / requests) * 100}%`, background: colour }} />
      </span>
      <span className={styles.line}>
        {formatCount(one.requests)} requests, {one.peakInFlight} at once
        {one.p95Ms === null ? '' : `, p95 ${formatMs(one.p95Ms)}`}
      </span>
    </>
  );
}

/** As in the lanes. */
function colourOf({ backends }: PoolSnapshot, backend: string): string {
  return backendColour(backends.findIndex(({ name }) => name === backend));
}
