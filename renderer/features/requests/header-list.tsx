import { redact } from '../../../shared/text/sensitive-headers.ts';
import type { MessageHead } from '../../../shared/view/message-head.ts';
import styles from './header-list.module.css';

interface Props {
  readonly head: MessageHead;
  readonly isRevealed: boolean;
  /** What is to be said of a field, by its place; null for nothing. */
  readonly notes?: readonly (string | null)[];
}

/** A head line by line, as it was on the wire; secrets only when they are to be seen. */
export function HeaderList({ head, isRevealed, notes = [] }: Props) {
  const { line, fields } = head;
  return (
    <>
      <p className={`mono ${styles.line}`}>{line}</p>
      <dl className={styles.fields}>
        {fields.map((field, at) => {
          const { name, value } = isRevealed ? field : redact(field);
          const note = notes[at];
          return (
            // A field is its place: several may have one name.
            // biome-ignore lint/suspicious/noArrayIndexKey: fields are never reordered
            <div key={at} className={styles.field} data-noted={Boolean(note)}>
              <dt className="mono">{name}</dt>
              <dd className="mono">{value === '' ? <span className={styles.note}>empty</span> : value}</dd>
              {note && <dd className={styles.note}>{note}</dd>}
            </div>
          );
        })}
      </dl>
    </>
  );
}
