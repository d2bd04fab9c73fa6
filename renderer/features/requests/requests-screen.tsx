import { ChevronDown, Pause, Play, Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExchangeLine } from '../../../shared/view/exchange-record.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { thinned } from '../../stores/request-log.ts';
import { useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import { CaptureMenu } from './capture-menu.tsx';
import { ExportMenu } from './export-menu.tsx';
import { filterLines, type LogFilter, NO_FILTER } from './filter.ts';
import { LogTable } from './log-table.tsx';
import { RequestDetail } from './request-detail.tsx';
import styles from './requests-screen.module.css';
import { useLogKeys } from './use-log-keys.ts';

const OUTCOMES = [
  { value: 'all', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'retried', label: 'Tried again' },
] as const;

/** Every request as it ends, and for each where it went and why. */
export default function RequestsScreen() {
  const openLog = useApp((state) => state.openLog);
  const closeLog = useApp((state) => state.closeLog);
  const log = useApp((state) => state.log);
  const [frozen, setFrozen] = useState<readonly ExchangeLine[] | null>(null);
  const [filter, setFilter] = useState<LogFilter>(NO_FILTER);
  const [selected, setSelected] = useState<number | null>(null);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void openLog();
    return () => void closeLog();
  }, [openLog, closeLog]);
  const lines = useMemo(() => filterLines(frozen ?? log.lines, filter), [frozen, log.lines, filter]);
  const togglePause = () => setFrozen(frozen ? null : log.lines);
  useLogKeys({
    togglePause,
    focusSearch: () => search.current?.focus(),
    close: () => setSelected(null),
    move: (step) => {
      const at = lines.findIndex(({ id }) => id === selected);
      // From nowhere it is the newest, but for who wants the oldest.
      const from = at === -1 && Number.isFinite(step) ? lines.length : Math.max(at, 0);
      const next = lines[Math.min(Math.max(from + step, 0), lines.length - 1)];
      if (next) setSelected(next.id);
    },
  });
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1 className={styles.title}>Requests</h1>
        <span className={styles.search}>
          <Search size={14} aria-hidden="true" />
          <input
            ref={search}
            type="search"
            aria-label="Filter requests"
            placeholder="Path, method, status, client…"
            value={filter.text}
            spellCheck={false}
            onChange={(event) => setFilter({ ...filter, text: event.target.value })}
          />
          <kbd>/</kbd>
        </span>
        <Segmented
          label="Outcome"
          value={filter.outcome}
          options={OUTCOMES}
          onChange={(outcome) => setFilter({ ...filter, outcome })}
        />
        <BackendFilter value={filter.backend} onChange={(backend) => setFilter({ ...filter, backend })} />
        <span className={styles.end}>
          <Freshness frozen={frozen} />
          <CaptureMenu />
          <ExportMenu lines={lines} />
          <Button aria-pressed={frozen !== null} title="Space" onClick={togglePause}>
            {frozen ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
            {frozen ? 'Go on' : 'Pause'}
          </Button>
        </span>
      </header>
      <div className={styles.body} data-open={selected !== null}>
        {lines.length > 0 ? (
          <LogTable lines={lines} selected={selected} isFollowing={!frozen} onSelect={setSelected} />
        ) : (
          <Nothing isFiltered={log.lines.length > 0} onClear={() => setFilter(NO_FILTER)} />
        )}
        {selected !== null && (
          <RequestDetail id={selected} onClose={() => setSelected(null)} onShow={setSelected} />
        )}
      </div>
    </div>
  );
}

/** Whether what is shown is all there is, and how much there is meanwhile. */
function Freshness({ frozen }: { readonly frozen: readonly ExchangeLine[] | null }) {
  const log = useApp((state) => state.log);
  if (frozen) {
    const last = frozen.at(-1)?.id ?? 0;
    const fresh = log.lines.filter(({ id }) => id > last).length;
    return <span className={styles.note}>{fresh === 0 ? 'paused' : `${formatCount(fresh)} new`}</span>;
  }
  const sample = thinned(log);
  if (!sample) return null;
  return (
    <span className={styles.note} title="Failures and requests that were tried again are shown first">
      showing {formatCount(sample.shown)} of {formatCount(sample.all)} a second
    </span>
  );
}

interface BackendFilterProps {
  readonly value: string | null;
  onChange(backend: string | null): void;
}

function BackendFilter({ value, onChange }: BackendFilterProps) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const names = [...new Set(pools.flatMap((pool) => pool.backends.map(({ name }) => name)))];
  return (
    <span className={styles.pick}>
      <select
        className={styles.select}
        aria-label="Backend"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">Every backend</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  );
}

function Nothing({ isFiltered, onClear }: { readonly isFiltered: boolean; onClear(): void }) {
  const carryOut = useApp((state) => state.carryOut);
  return (
    <div className={styles.nothing}>
      <p>
        {isFiltered ? 'No request passes this filter.' : 'No requests yet. Each one shows here as it ends.'}
      </p>
      {isFiltered ? (
        <Button onClick={onClear}>Show all</Button>
      ) : (
        <Button look="accent" onClick={() => carryOut({ kind: 'send-traffic' })}>
          Send traffic
        </Button>
      )}
    </div>
  );
}
