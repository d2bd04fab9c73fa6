import { useMemo } from 'react';
import type { BodyView } from '../../../shared/view/captured-body.ts';
import { headerOf, parseHead } from '../../../shared/view/message-head.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import { formatBytes } from '../../stores/words.ts';
import styles from './body-preview.module.css';
import { bodyText } from './body-text.ts';

interface Props {
  /** Null when it was not captured. */
  readonly body: BodyView | null;
  /** Of its message, one character a byte; null when it is not known. */
  readonly head: string | null;
  /** Bytes there were. */
  readonly size: number;
  readonly pool: string | null;
}

/** A body as people read it, or why there is none to see. */
export function BodyPreview({ body, head, size, pool }: Props) {
  return (
    <section className={styles.body} aria-label="Body">
      <h3 className={styles.title}>
        Body <span className={styles.size}>{size === 0 ? 'none' : formatBytes(size)}</span>
      </h3>
      {size > 0 && !body && <NotCaptured pool={pool} />}
      {size > 0 && body && <Content body={body} head={head} size={size} />}
    </section>
  );
}

function Content({
  body,
  head,
  size,
}: {
  readonly body: BodyView;
  readonly head: string | null;
  readonly size: number;
}) {
  const type = head === null ? null : headerOf(parseHead(head), 'Content-Type');
  const { kind, text } = useMemo(() => bodyText(body, type), [body, type]);
  const notes = [
    kind === 'json' && 'JSON, with its lines broken',
    kind === 'bytes' && 'not text: shown as bytes',
    body.decoded && `decoded from ${body.codings.join(', ')}`,
    body.codings.length > 0 &&
      !body.decoded &&
      `compressed with ${body.codings.join(', ')}, which is not decoded here`,
    body.bytes.length < size && `the first ${formatBytes(body.bytes.length)} of it`,
  ].filter((note) => note !== false && note !== null);
  return (
    <>
      {notes.length > 0 && <p className={styles.note}>{notes.join(' · ')}</p>}
      {/* Scrolls by itself, so the keyboard has to get there. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be focused */}
      <pre className={`mono ${styles.text}`} data-kind={kind} tabIndex={0}>
        {text}
      </pre>
    </>
  );
}

function NotCaptured({ pool }: { readonly pool: string | null }) {
  const setCapture = useApp((state) => state.setCapture);
  const isOn = useApp(
    (state) => state.snapshot?.pools.find(({ name }) => name === pool)?.isCaptured ?? false,
  );
  if (pool === null)
    return <p className={styles.note}>Bodies of requests that no pool gets are not captured.</p>;
  return isOn ? (
    <p className={styles.note}>
      It was not captured, or was dropped for newer ones. Bodies to {pool} are captured now.
    </p>
  ) : (
    <div className={styles.off}>
      <p className={styles.note}>It was not captured.</p>
      <Button onClick={() => void setCapture(pool, true)}>Capture bodies of {pool}</Button>
    </div>
  );
}
