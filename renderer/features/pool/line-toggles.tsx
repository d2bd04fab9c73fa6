import { LINES, type LineName } from '../../charts/chart-data.ts';
import { LineKey } from '../../charts/line-key.tsx';
import styles from './over-time.module.css';

const TITLES: Readonly<Record<LineName, string>> = {
  errors: 'Failed attempts a second',
  p50: 'Half of the answers in a second take this long or less',
  p95: '95 of 100 answers in a second take this long or less',
  p99: '99 of 100 answers in a second take this long or less',
};

interface Props {
  readonly shown: ReadonlySet<LineName>;
  onChange(shown: ReadonlySet<LineName>): void;
}

/** The legend of the lines, which switches each of them on and off. */
export function LineToggles({ shown, onChange }: Props) {
  return (
    <fieldset className={styles.lines} aria-label="Lines">
      {LINES.map((line) => (
        <button
          key={line}
          type="button"
          className={styles.line}
          aria-pressed={shown.has(line)}
          title={TITLES[line]}
          onClick={() => onChange(new Set(LINES.filter((one) => shown.has(one) !== (one === line))))}
        >
          <LineKey line={line} />
          {line}
        </button>
      ))}
    </fieldset>
  );
}
