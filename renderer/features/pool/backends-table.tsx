import { Plus, Radar, Server } from 'lucide-react';
import { useMemo, useState } from 'react';
import { POLICY_WORDS, usesWeights } from '../../../shared/config/policies.ts';
import { isTriedAnyway } from '../../../shared/view/rotation.ts';
import type { PoolSnapshot, Snapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { useHeld } from '../../components/use-held.ts';
import { poolRates } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import { sayDuration, standingOf, switchedAt } from '../../stores/words.ts';
import { BackendRow } from './backend-row.tsx';
import { BackendsHead } from './backends-head.tsx';
import styles from './backends-table.module.css';
import card from './card.module.css';
import { SelectionBar } from './selection-bar.tsx';
import type { Sort } from './sort-backends.ts';
import { FLAT, sparklines } from './sparklines.ts';
import { usePointing } from './use-pointing.ts';
import { useRowOrder } from './use-row-order.ts';
import { useSelection } from './use-selection.ts';

/** Every backend of the pool, its switch, its health in words and its figures. */
export function BackendsTable({ pool }: { readonly pool: PoolSnapshot }) {
  const snapshot = useApp((state) => state.snapshot);
  if (!snapshot) return null;
  // Another pool is another table: nothing is selected there yet, and it is in its own order.
  return <Table key={pool.name} pool={pool} snapshot={snapshot} />;
}

function Table({ pool, snapshot }: { readonly pool: PoolSnapshot; readonly snapshot: Snapshot }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [isHeld, hold] = useHeld();
  const second = Math.floor(snapshot.at / 1_000);
  const rates = poolRates(snapshot, pool.name).byBackend;
  const lines = useMemo(
    () => sparklines(snapshot.seconds, pool.name, second),
    [snapshot.seconds, pool.name, second],
  );
  const rows = useRowOrder(pool.backends, sort, rates, { second, isHeld });
  const selection = useSelection(rows.map(({ name }) => name));
  const pointing = usePointing();
  const selected = rows.filter(({ name }) => selection.names.has(name));
  const weightNote = usesWeights(pool.policy)
    ? null
    : `Changes nothing under ${POLICY_WORDS[pool.policy].title.toLowerCase()}`;
  return (
    <section className={`${card.card} ${styles.container}`} aria-labelledby="backends">
      <header className={card.head}>
        <h2 className={card.title} id="backends">
          Backends
        </h2>
        <span className={card.end}>
          {selected.length > 0 ? (
            <SelectionBar pool={pool.name} selected={selected} onClear={selection.clear} />
          ) : (
            <Checked pool={pool} />
          )}
        </span>
      </header>
      {rows.length === 0 && <NoBackends />}
      <div className={styles.scroll} hidden={rows.length === 0}>
        <table className={styles.table}>
          <BackendsHead
            sort={sort}
            selected={selected.length}
            all={rows.length}
            onSort={setSort}
            onSelectAll={selection.setAll}
          />
          <tbody
            {...hold}
            onPointerOver={pointing.onPointerOver}
            onPointerLeave={() => {
              hold.onPointerLeave();
              pointing.onPointerLeave();
            }}
          >
            {rows.map((backend) => {
              const { name } = backend;
              const { tone, words } = standingOf(backend, snapshot.at, {
                offSinceMs: switchedAt(snapshot.events, pool.name, name),
                isTried: isTriedAnyway(pool, backend),
              });
              return (
                <BackendRow
                  key={name}
                  pool={pool.name}
                  weightNote={weightNote}
                  backend={backend}
                  index={pool.backends.indexOf(backend)}
                  tone={tone}
                  words={words}
                  perSecond={rates.get(name) ?? 0}
                  line={lines.get(name) ?? FLAT}
                  isSelected={selection.names.has(name)}
                  onSelect={selection.toggle}
                />
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Checked({ pool }: { readonly pool: PoolSnapshot }) {
  const openDialog = useApp((state) => state.openDialog);
  return (
    <button
      type="button"
      className={styles.interval}
      title="Change how they are checked"
      onClick={() => openDialog('health-check')}
    >
      {pool.healthCheck.type === 'off'
        ? 'not checked'
        : `checked every ${sayDuration(pool.healthCheck.interval)}`}
    </button>
  );
}

function NoBackends() {
  const openDialog = useApp((state) => state.openDialog);
  return (
    <div className={styles.none}>
      <Server size={22} strokeWidth={1.5} aria-hidden="true" />
      <p>This pool has no backends, so every request is answered 503.</p>
      <span className={styles.ways}>
        <Button onClick={() => openDialog('add-backend')}>
          <Plus size={15} aria-hidden="true" />
          Add the first
        </Button>
        <Button onClick={() => openDialog('find-servers')}>
          <Radar size={15} aria-hidden="true" />
          Find running servers…
        </Button>
      </span>
    </div>
  );
}
