import { useEffect, useRef, useState } from 'react';
import { LINES_KEPT, type OutputLine } from '../../../shared/view/output-line.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { TextField } from '../../components/text-field.tsx';
import { selectPool, useApp } from '../../stores/use-app.ts';
import styles from './processes.module.css';

const EVERY_MS = 300;
/** So far from the end, somebody is reading and does not want the lines to move. */
const AT_END_PX = 24;

/** The last lines a process wrote, and those that come; the end stays in sight unless somebody scrolls up. */
export function OutputDialog({ backend }: { readonly backend: string }) {
  const pool = useApp(selectPool)?.name ?? '';
  const close = useApp((state) => state.closeDialog);
  const copy = useApp((state) => state.copy);
  const lines = useOutput(pool, backend);
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const shown = lines.filter(({ text }) => text.toLowerCase().includes(filter.toLowerCase()));
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what came that moves the end
  useEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines, filter]);
  return (
    <Modal
      title={`Output of ${backend}`}
      lead={`Its last ${LINES_KEPT.toLocaleString('en')} lines.`}
      isWide
      onClose={close}
    >
      <div className={form.form}>
        <TextField label="Only lines with" value={filter} onChange={setFilter} />
        <ol
          ref={list}
          className={styles.output}
          aria-label="Lines, newest last"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
          tabIndex={0}
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            isAtEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_PX;
          }}
        >
          {shown.map(({ id, stream, text }) => (
            <li key={id} className={styles.line} data-stream={stream}>
              <span className={styles.stream}>{stream === 'stderr' ? 'err' : ''}</span>
              <span>{text}</span>
            </li>
          ))}
          {shown.length === 0 && (
            <li className={styles.quiet}>
              {lines.length === 0 ? 'It has written nothing yet.' : 'No line has that.'}
            </li>
          )}
        </ol>
        <div className={form.actions}>
          <Button onClick={() => copy(shown.map(({ text }) => text).join('\n'), 'Output')}>Copy</Button>
          <Button look="accent" onClick={close}>
            Close
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** Only what is new is asked for, and only while somebody looks. */
function useOutput(pool: string, backend: string): readonly OutputLine[] {
  const read = useApp((state) => state.processOutput);
  const [lines, setLines] = useState<readonly OutputLine[]>([]);
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout>;
    let last = 0;
    const ask = async () => {
      const more = document.hidden ? [] : await read(pool, backend, last);
      if (!isWanted) return;
      const [first] = more;
      if (first) {
        // Another process has its name since, and counts anew.
        const isAnother = first.id <= last;
        setLines((before) => [...(isAnother ? [] : before), ...more].slice(-LINES_KEPT));
        last = more.at(-1)?.id ?? last;
      }
      timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [read, pool, backend]);
  return lines;
}
