import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import type { ExchangeLine } from '../../../shared/view/exchange-record.ts';
import { backendColour } from '../../stores/backend-colours.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatBytes, formatMs } from '../../stores/words.ts';
import { hasFailed } from './filter.ts';
import styles from './log-table.module.css';
import { NOT_A_REQUEST, requestName } from './request-name.ts';
import { timeOf } from './time-of.ts';
import { useRovingFocus } from './use-roving-focus.ts';

const ROW_HEIGHT = 28;
/** So near to the end, the reader wants to see what comes. */
const END_PX = 2 * ROW_HEIGHT;

interface Props {
  readonly lines: readonly ExchangeLine[];
  readonly selected: number | null;
  /** Whether the newest stay in sight, for as long as the reader is at the end. */
  readonly isFollowing: boolean;
  onSelect(id: number): void;
}

/** The newest at the bottom; only what is in sight is drawn. */
export function LogTable({ lines, selected, isFollowing, onSelect }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const at = lines.findIndex(({ id }) => id === selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever lines came, and only then
  useEffect(() => {
    if (isFollowing && isAtEnd.current && selected === null) rows.scrollToIndex(lines.length - 1);
  }, [lines, isFollowing]);
  const isListed = at !== -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another line was picked or has come, not when more came
  useEffect(() => {
    if (isListed) rows.scrollToIndex(at);
  }, [selected, isListed]);
  const drawn = rows.getVirtualItems();
  // One stop for Tab, and always one that is drawn.
  const isDrawn = drawn.some(({ index }) => index === at);
  const tabStop = isDrawn ? at : (drawn.at(-1)?.index ?? -1);
  const list = useRovingFocus(selected, isDrawn);
  return (
    <div className={styles.table}>
      <div className={styles.head} aria-hidden="true">
        <span>Time</span>
        <span>Method</span>
        <span>Path</span>
        <span>Status</span>
        <span>Backend</span>
        <span className={styles.number}>Took</span>
        <span className={styles.number}>Size</span>
        <span className={styles.number}>Tries</span>
      </div>
      <div
        ref={scroll}
        className={styles.scroll}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < END_PX;
        }}
      >
        <ul
          {...list}
          className={styles.list}
          aria-label="Requests, newest last"
          style={{ height: rows.getTotalSize() }}
        >
          {drawn.map(({ index, start }) => {
            const line = lines[index];
            return (
              line && (
                <li
                  // A running list uses its rows again for other lines, which takes a sixth less CPU; a line that is read keeps its own.
                  key={selected === null ? index % drawn.length : line.id}
                  className={styles.item}
                  style={{ transform: `translateY(${start}px)` }}
                  aria-posinset={index + 1}
                  aria-setsize={lines.length}
                >
                  <Row
                    line={line}
                    isSelected={line.id === selected}
                    isTabStop={index === tabStop}
                    onSelect={onSelect}
                  />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </div>
  );
}

interface RowProps {
  readonly line: ExchangeLine;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  onSelect(id: number): void;
}

/** Drawn again only when it is selected, or not any more: a line that has ended stays as it is. */
const Row = memo(function Row({ line, isSelected, isTabStop, onSelect }: RowProps) {
  const { id, at, method, target, status, backend, pool, durationMs, bytesOut, tries } = line;
  const place = useApp(
    (state) =>
      state.snapshot?.pools
        .find(({ name }) => name === pool)
        ?.backends.findIndex(({ name }) => name === backend) ?? -1,
  );
  const by = backend ?? 'Switchyard';
  return (
    <button
      type="button"
      className={styles.row}
      data-bad={hasFailed(line)}
      aria-current={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => onSelect(id)}
    >
      {/* What is read out: the cells, one after the other, are no sentence. */}
      <span className={styles.sentence}>
        {`${requestName(line)}, answered ${status} by ${by} in ${formatMs(durationMs)}${tries > 1 ? `, ${tries} tries` : ''}`}
      </span>
      <span className={styles.quiet} aria-hidden="true">
        {timeOf(at)}
      </span>
      <span className="mono" aria-hidden="true">
        {method}
      </span>
      {method === '' ? (
        <span className={styles.quiet} aria-hidden="true">
          {NOT_A_REQUEST}
        </span>
      ) : (
        <span className="mono" title={target} aria-hidden="true">
          {target}
        </span>
      )}
      <span className={styles.status} aria-hidden="true">
        {status === 0 ? '–' : status}
      </span>
      <span title={by} aria-hidden="true">
        {place !== -1 && <i className={styles.swatch} style={{ background: backendColour(place) }} />}
        <span className={backend ? undefined : styles.quiet}>{by}</span>
      </span>
      <span className={styles.number} aria-hidden="true">
        {formatMs(durationMs)}
      </span>
      <span className={styles.number} aria-hidden="true">
        {formatBytes(bytesOut)}
      </span>
      <span className={styles.number} aria-hidden="true">
        {tries > 1 ? tries : ''}
      </span>
    </button>
  );
});
