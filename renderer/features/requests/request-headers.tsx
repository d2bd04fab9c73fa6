import { useState } from 'react';
import type { ExchangeView, RecordedHeads } from '../../../shared/view/exchange-record.ts';
import { parseHead } from '../../../shared/view/message-head.ts';
import { Segmented } from '../../components/segmented.tsx';
import { changedNotes, droppedNotes } from './head-changes.ts';
import styles from './header-list.module.css';
import { HeaderList } from './header-list.tsx';

/** Characters; with more, the choice would be wider than the pane can be. */
const LONG_NAME = 28;

interface Props {
  readonly detail: ExchangeView;
  readonly heads: RecordedHeads;
  readonly isRevealed: boolean;
}

/** What the client sent and what the backend got, with what Switchyard changed on the way. */
export function RequestHeaders({ detail, heads, isRevealed }: Props) {
  const [side, setSide] = useState<'client' | 'backend'>('client');
  const sent = parseHead(heads.request);
  const got = heads.forwarded === null ? null : parseHead(heads.forwarded);
  const backend = detail.attempts.at(-1)?.backend ?? 'the backend';
  if (!got) return <HeaderList head={sent} isRevealed={isRevealed} />;
  return (
    <>
      <div className={styles.sides}>
        <Segmented
          label="Whose side"
          value={side}
          options={[
            { value: 'client', label: 'From the client' },
            { value: 'backend', label: `To ${backend.length > LONG_NAME ? 'the backend' : backend}` },
          ]}
          onChange={setSide}
        />
      </div>
      {side === 'client' ? (
        <HeaderList head={sent} notes={droppedNotes(sent, got)} isRevealed={isRevealed} />
      ) : (
        <HeaderList head={got} notes={changedNotes(sent, got)} isRevealed={isRevealed} />
      )}
    </>
  );
}
