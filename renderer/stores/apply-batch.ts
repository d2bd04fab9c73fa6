import { type Batch, EVENTS_KEPT, PROBES_KEPT, SECONDS_KEPT, type Snapshot } from '../../shared/snapshot.ts';

/** The snapshot a batch makes of the one before; what did not change stays the same object. */
export function applyBatch(snapshot: Snapshot, batch: Batch): Snapshot {
  const oldest = Math.floor(batch.at / 1_000) - SECONDS_KEPT;
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
    return { ...pool, ...totals, backends };
  });
  return {
    ...snapshot,
    seq: batch.seq,
    at: batch.at,
    pools,
    seconds: [...snapshot.seconds.filter((bucket) => bucket.second > oldest), ...batch.seconds],
    tunnels: batch.tunnels.count === 0 && snapshot.tunnels.count === 0 ? snapshot.tunnels : batch.tunnels,
    events:
      batch.events.length === 0 ? snapshot.events : [...snapshot.events, ...batch.events].slice(-EVENTS_KEPT),
  };
}
