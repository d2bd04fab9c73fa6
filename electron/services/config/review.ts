import type { Config, PoolConfig } from '../../../shared/config/config.ts';
import type { ConfigReview } from '../../../shared/config/config-document.ts';
import { formatDuration } from '../../../shared/config/duration.ts';
import { changesBetween } from '../../engine/core/config-change.ts';

/** What a change means before it is made. Nothing is in force yet when `before` is null. */
export function reviewChange(before: Config | null, after: Config): ConfigReview {
  if (before === null) return { changes: ['the first config'], effects: [] };
  const changes = changesBetween(before, after);
  return { changes, effects: changes.length === 0 ? [] : effectsOf(before, after) };
}

function effectsOf(before: Config, after: Config): string[] {
  const hasMany = before.pools.length > 1 || after.pools.length > 1;
  const fullName = (pool: PoolConfig, name: string) => (hasMany ? `${pool.name}/${name}` : name);
  const leaving = before.pools.flatMap((pool) => {
    const names = namesIn(after.pools.find(({ name }) => name === pool.name));
    const gone = pool.backends.filter(({ name }) => !names.has(name));
    return gone.map(({ name }) => ({ name: fullName(pool, name), drainMs: pool.timeouts.drain }));
  });
  const coming = after.pools.flatMap((pool) => {
    const names = namesIn(before.pools.find(({ name }) => name === pool.name));
    return pool.backends.filter(({ name }) => !names.has(name)).map(({ name }) => fullName(pool, name));
  });
  const closing = without(before, after);
  const opening = without(after, before);
  return [
    ...leaving.map(
      ({ name, drainMs }) =>
        `${name} drains: it gets no new request, and what is in flight there has ${formatDuration(drainMs)}.`,
    ),
    ...(coming.length === 0
      ? []
      : [`${listed(coming)} ${coming.length === 1 ? 'gets' : 'get'} requests at once, and the first probe.`]),
    ...opening.map((address) => `Switchyard listens on ${address} before anything else changes.`),
    ...closing.map((address) => `${address} takes no new connection any more.`),
    'Backends that stay keep their counters, health and warm connections.',
  ];
}

function namesIn(pool: PoolConfig | undefined): ReadonlySet<string> {
  return new Set(pool?.backends.map(({ name }) => name));
}

/** The listeners of one config that the other has not. */
function without(config: Config, other: Config): string[] {
  const names = new Set(other.listeners.map(({ name }) => name));
  return config.listeners.filter(({ name }) => !names.has(name)).map(({ name }) => name);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
