import type { BackendConfig, Config, PoolConfig } from '../../shared/config.ts';
import { formatDuration } from '../../shared/duration.ts';

export interface ConfigChange {
  /** `added localhost:5004; interval 2s → 1s`; empty when nothing changed. */
  readonly words: string;
}

/** What a person would say changed from one config to the next. */
export function describeChange(before: Config, after: Config): ConfigChange {
  const said: string[] = [];
  const many = after.pools.length > 1 || before.pools.length > 1;
  for (const pool of after.pools) {
    const old = before.pools.find((one) => one.name === pool.name);
    if (old) said.push(...poolChanges(old, pool).map((words) => (many ? `${pool.name}: ${words}` : words)));
    else said.push(`added pool ${pool.name}`);
  }
  for (const { name } of gone(before.pools, after.pools)) said.push(`removed pool ${name}`);
  for (const { name } of gone(after.listeners, before.listeners)) said.push(`added listener ${name}`);
  for (const { name } of gone(before.listeners, after.listeners)) said.push(`removed listener ${name}`);
  for (const listener of after.listeners) {
    const old = before.listeners.find((one) => one.name === listener.name);
    if (old && JSON.stringify(old) !== JSON.stringify(listener))
      said.push(`changed listener ${listener.name}`);
  }
  return { words: said.join('; ') };
}

function poolChanges(before: PoolConfig, after: PoolConfig): string[] {
  const said: string[] = [];
  for (const { name } of gone(after.backends, before.backends)) said.push(`added ${name}`);
  for (const { name } of gone(before.backends, after.backends)) said.push(`removed ${name}`);
  const interval = (pool: PoolConfig) => pool.backends[0]?.healthCheck.interval ?? 0;
  if (interval(before) !== interval(after)) {
    said.push(`interval ${formatDuration(interval(before))} → ${formatDuration(interval(after))}`);
  }
  if (before.policy !== after.policy) said.push(`policy ${before.policy} → ${after.policy}`);
  for (const backend of after.backends) {
    const old = before.backends.find((one) => one.name === backend.name);
    if (old) said.push(...backendChanges(old, backend));
  }
  return said;
}

function backendChanges(before: BackendConfig, after: BackendConfig): string[] {
  const said: string[] = [];
  if (before.origin.url !== after.origin.url) said.push(`${after.name} now ${after.origin.url}`);
  if (before.weight !== after.weight) said.push(`${after.name} weight ${before.weight} → ${after.weight}`);
  return said;
}

function gone<T extends { readonly name: string }>(from: readonly T[], to: readonly T[]): T[] {
  return from.filter((one) => !to.some((other) => other.name === one.name));
}
