import {
  type Batch,
  EVENTS_KEPT,
  type PoolSnapshot,
  PROBES_KEPT,
  SECONDS_KEPT,
  type Snapshot,
} from '../../shared/view/snapshot.ts';

/** The snapshot a batch makes of the one before; what did not change stays the same object. */
export function applyBatch(snapshot: Snapshot, batch: Batch): Snapshot {
  const pools = snapshot.pools.map((pool) => {
    const counters = batch.counters.filter((one) => one.pool === pool.name);
    const standings = batch.standings.filter((one) => one.pool === pool.name);
    const totals = batch.pools.find((one) => one.name === pool.name);
    const backends =
      counters.length === 0 && standings.length === 0
        ? pool.backends
        : pool.backends.map((backend) => {
            const counted = counters.find((one) => one.backend === backend.name);
            const changed = standings.find((one) => one.backend === backend.name);
            if (!counted && !changed) return backend;
            return {
              ...backend,
              ...(counted && { counters: counted.counters }),
              ...(changed && {
                ...changed.standing,
                probes: [...backend.probes, ...changed.newProbes].slice(-PROBES_KEPT),
              }),
            };
          });
    return backends === pool.backends && isSameAs(pool, totals) ? pool : { ...pool, ...totals, backends };
  });
  return {
    ...snapshot,
    seq: batch.seq,
    at: batch.at,
    pools: pools.every((pool, at) => pool === snapshot.pools[at]) ? snapshot.pools : pools,
    seconds: nextSeconds(snapshot.seconds, batch),
    tunnels: batch.tunnels.count === 0 && snapshot.tunnels.count === 0 ? snapshot.tunnels : batch.tunnels,
    events:
      batch.events.length === 0 ? snapshot.events : [...snapshot.events, ...batch.events].slice(-EVENTS_KEPT),
  };
}

/** A batch says the totals of every pool, whether they have changed or not. */
function isSameAs(pool: PoolSnapshot, totals: Batch['pools'][number] | undefined): boolean {
  if (!totals) return true;
  const [one, other] = [pool.latency, totals.latency];
  return (
    pool.isTryingAnyway === totals.isTryingAnyway &&
    pool.triedAnyway === totals.triedAnyway &&
    pool.unavailable === totals.unavailable &&
    pool.waiting === totals.waiting &&
    one?.p50Ms === other?.p50Ms &&
    one?.p95Ms === other?.p95Ms &&
    one?.p99Ms === other?.p99Ms
  );
}

/** A snapshot that came while this one was watched: what it does not speak of is taken over. */
export function keepSeconds(before: Snapshot | null, snapshot: Snapshot): Snapshot {
  const names = new Set(snapshot.pools.map((pool) => pool.name));
  const kept = (before?.seconds ?? []).filter(
    (bucket) => bucket.second < snapshot.secondsFrom && names.has(bucket.pool),
  );
  return kept.length === 0 ? snapshot : { ...snapshot, seconds: [...kept, ...snapshot.seconds] };
}

/** The same list while no second has passed with traffic: what is drawn of it need not be drawn anew. */
function nextSeconds(seconds: Snapshot['seconds'], batch: Batch): Snapshot['seconds'] {
  const oldest = Math.floor(batch.at / 1_000) - SECONDS_KEPT;
  const isOld = (seconds[0]?.second ?? oldest + 1) <= oldest;
  if (batch.seconds.length === 0 && !isOld) return seconds;
  return [...seconds.filter((bucket) => bucket.second > oldest), ...batch.seconds];
}
