import { Fragment } from 'react';
import type { DiffRow } from './diff-lines.ts';
import styles from './review.module.css';

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
const WORDS = { same: '', removed: 'removed: ', added: 'added: ' } as const;

/** Two texts line by line: what goes has a minus and is struck through, what comes has a plus and a line under it. */
export function DiffView({ rows }: { readonly rows: readonly DiffRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={styles.diff} aria-label="Lines that differ" tabIndex={0}>
      <table className={`mono ${styles.lines}`}>
        <thead className={styles.spoken}>
          <tr>
            <th scope="col">Line before</th>
            <th scope="col">Line after</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <Row key={index} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row }: { readonly row: DiffRow }) {
  if (row.kind === 'gap')
    return (
      <tr className={styles.gap}>
        <td colSpan={3}>
          {row.lines} {row.lines === 1 ? 'line that is' : 'lines that are'} the same
        </td>
      </tr>
    );
  const Marked = row.kind === 'removed' ? 'del' : 'ins';
  return (
    <tr data-kind={row.kind}>
      <td className={styles.number}>{row.before}</td>
      <td className={styles.number}>{row.after}</td>
      <td className={styles.line}>
        <span className={styles.sign} aria-hidden="true">
          {SIGNS[row.kind]}
        </span>
        <span className={styles.spoken}>{WORDS[row.kind]}</span>
        {row.pieces.map(({ text, isMarked }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
          <Fragment key={index}>{isMarked ? <Marked>{text}</Marked> : text}</Fragment>
        ))}
      </td>
    </tr>
  );
}
