import { POLICY_WORDS } from '../../../shared/config/policies.ts';
import type { PickExplanation } from '../../../shared/view/exchange-record.ts';
import styles from './request-detail.module.css';
import { candidateWords } from './why-words.ts';

interface Props {
  readonly why: PickExplanation;
  /** Null when nobody could be picked. */
  readonly picked: string | null;
}

/** The candidates as they stood, who was left out and why, and what decided. */
export function Why({ why: { policy, words, candidates }, picked }: Props) {
  const title = picked === null ? 'Why no backend?' : 'Why this backend?';
  return (
    <div className={styles.why}>
      <h4 className={styles.whyTitle}>{title}</h4>
      <p>
        {picked === null ? (
          'None of them could serve.'
        ) : (
          <>
            {POLICY_WORDS[policy].title}: <b>{picked}</b>, because {words}.
          </>
        )}
      </p>
      <table className={styles.candidates}>
        <thead>
          <tr>
            <th scope="col">Backend</th>
            <th scope="col" className={styles.number}>
              Weight
            </th>
            <th scope="col" className={styles.number}>
              In flight
            </th>
            <th scope="col">Health</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {candidates.map((one) => (
            <tr key={one.backend} data-picked={one.backend === picked} data-out={one.leftOut !== null}>
              <th scope="row" title={one.backend}>
                {one.backend}
              </th>
              <td className={styles.number}>{Number(one.weight.toFixed(2))}</td>
              <td className={styles.number}>{one.inFlight}</td>
              <td>{one.forced === null ? one.health : `forced ${one.forced}`}</td>
              <td>{one.backend === picked ? 'picked' : candidateWords(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
