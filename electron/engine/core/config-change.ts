import type {
  BackendConfig,
  Config,
  ListenerConfig,
  PolicySettings,
  PoolConfig,
} from '../../../shared/config/config.ts';
import { formatDuration } from '../../../shared/config/duration.ts';

export interface ConfigChange {
  /** `added localhost:5004; interval 2s → 1s`; empty when nothing changed. */
  readonly words: string;
}

/** What a person would say changed from one config to the next. */
export function describeChange(before: Config, after: Config): ConfigChange {
  return { words: changesBetween(before, after).join('; ') };
}

/** The same, change by change. Whatever differs has a word. */
export function changesBetween(before: Config, after: Config): readonly string[] {
  const hasMany = after.pools.length > 1 || before.pools.length > 1;
  const kept = pairs(before.pools, after.pools).flatMap(([old, pool]) =>
    poolChanges(old, pool).map((words) => (hasMany ? `${pool.name}: ${words}` : words)),
  );
  return [
    ...kept,
    ...missing(after.pools, before.pools).map(({ name }) => `added pool ${name}`),
    ...missing(before.pools, after.pools).map(({ name }) => `removed pool ${name}`),
    ...listenerChanges(before.listeners, after.listeners),
    ...(isSame(before.scenarios, after.scenarios) ? [] : ['changed scenarios']),
  ];
}

function listenerChanges(before: readonly ListenerConfig[], after: readonly ListenerConfig[]): string[] {
  const added = missing(after, before);
  const removed = missing(before, after);
  const [comes] = added;
  const [goes] = removed;
  const moved = added.length === 1 && removed.length === 1 && comes && goes;
  return [
    ...(moved
      ? [`listener ${goes.name} → ${comes.name}`]
      : [
          ...added.map(({ name }) => `added listener ${name}`),
          ...removed.map(({ name }) => `removed listener ${name}`),
        ]),
    ...pairs(before, after).flatMap(([old, listener]) => listenerChange(old, listener) ?? []),
  ];
}

/** Null for none. A certificate that has not been read is taken for the one before. */
function listenerChange(before: ListenerConfig, after: ListenerConfig): string | null {
  const { name, tls } = after;
  const plain = { tls: null, certificate: null };
  if (!isSame({ ...before, ...plain }, { ...after, ...plain })) return `changed listener ${name}`;
  if (tls === null) return before.tls === null ? null : `listener ${name} speaks plain http`;
  if (before.tls === null) return `listener ${name} speaks https`;
  const [old = null, now = null] = [before.certificate?.fingerprint, after.certificate?.fingerprint];
  const isOther = old !== null && now !== null ? old !== now : !isSame(before.tls, tls);
  return isOther ? `another certificate for listener ${name}` : null;
}

function poolChanges(before: PoolConfig, after: PoolConfig): string[] {
  const kept = pairs(before.backends, after.backends);
  const changes = kept.map(([old, backend]) => ({ name: backend.name, words: checkChanges(old, backend) }));
  const [first] = changes;
  // One change of the pool's check is one change, not one for each backend.
  const isCommon = first !== undefined && changes.every(({ words }) => isSame(words, first.words));
  return [
    ...missing(after.backends, before.backends).map(({ name }) => `added ${name}`),
    ...missing(before.backends, after.backends).map(({ name }) => `removed ${name}`),
    ...(isCommon ? first.words : changes.flatMap(({ name, words }) => words.map((one) => `${name} ${one}`))),
    ...policyChanges(before.policy, after.policy),
    ...(before.hostHeader === after.hostHeader
      ? []
      : [`Host header ${before.hostHeader} → ${after.hostHeader}`]),
    ...(before.mapBack === after.mapBack
      ? []
      : [after.mapBack ? 'addresses in responses mapped back' : 'addresses in responses left as they are']),
    ...fieldChanges(before.retries, after.retries, (field) => `retry ${field}`),
    ...fieldChanges<object>(before.outliers ?? {}, after.outliers ?? {}, (field) => `outliers ${field}`),
    ...fieldChanges({ slow: before.slowStart }, { slow: after.slowStart }, () => 'slow start'),
    ...fieldChanges({ hold: before.holdFor }, { hold: after.holdFor }, () => 'hold for'),
    ...fieldChanges(
      { whenAllDown: before.whenAllDown },
      { whenAllDown: after.whenAllDown },
      () => 'when all are down',
    ),
    ...fieldChanges(before.queue, after.queue, (field) => `queue ${field}`),
    ...fieldChanges(before.timeouts, after.timeouts, (field) => `timeout ${field}`),
    ...kept.flatMap(([old, backend]) => backendChanges(old, backend)),
    ...(isSame(
      kept.map(([old]) => old.name),
      inOrderOf(before, kept),
    )
      ? []
      : ['another order']),
  ];
}

function policyChanges(before: PolicySettings, after: PolicySettings): string[] {
  if (isSame(before, after)) return [];
  const [from, to] = [policyText(before), policyText(after)];
  // All that is left is the key, which is nobody's to read.
  return [from === to ? 'another key for the sticky cookie' : `policy ${from} → ${to}`];
}

function policyText(policy: PolicySettings): string {
  if (policy.name === 'header-hash') return `${policy.name} (${policy.header})`;
  if (policy.name === 'cookie-hash' || policy.name === 'sticky-cookie')
    return `${policy.name} (${policy.cookie})`;
  return policy.name;
}

function checkChanges(before: BackendConfig, after: BackendConfig): string[] {
  return fieldChanges(before.healthCheck, after.healthCheck, (field) =>
    field === 'interval' ? field : `check ${field}`,
  );
}

function backendChanges(before: BackendConfig, after: BackendConfig): string[] {
  const said: string[] = [];
  if (before.origin.url !== after.origin.url) said.push(`${after.name} now ${after.origin.url}`);
  if (before.weight !== after.weight) said.push(`${after.name} weight ${before.weight} → ${after.weight}`);
  if (before.maxConnections !== after.maxConnections)
    said.push(`${after.name} ${after.maxConnections ?? 'any number of'} requests at a time`);
  if (before.insecure !== after.insecure)
    said.push(`${after.name} ${after.insecure ? 'with any certificate' : 'with a trusted certificate'}`);
  if (before.backup !== after.backup) said.push(`${after.name} ${after.backup ? 'a backup' : 'no backup'}`);
  return said;
}

/** `interval 2s → 1s` for each field that differs. */
function fieldChanges<T extends object>(before: T, after: T, label: (field: string) => string): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const now = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !isSame(old.get(field), now.get(field)))
    .map(
      (field) => `${label(field)} ${fieldText(field, old.get(field))} → ${fieldText(field, now.get(field))}`,
    );
}

const COUNTS: readonly string[] = [
  'attempts',
  'size',
  'consecutive',
  'failureRate',
  'minRequests',
  'maxEjected',
  'rise',
  'fall',
];

function fieldText(field: string, value: unknown): string {
  if (value === undefined) return 'none';
  if (typeof value === 'number') return COUNTS.includes(field) ? String(value) : formatDuration(value);
  // Their values may be secrets.
  if (field === 'headers' && typeof value === 'object' && value !== null)
    return Object.keys(value).join(', ') || 'none';
  if (Array.isArray(value)) return value.map((one) => fieldText(field, one)).join(', ');
  if (typeof value === 'object' && value !== null) return [...new Set(Object.values(value))].join('-');
  return String(value);
}

/** What both have, in the order of the second. */
function pairs<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): [T, T][] {
  return after.flatMap((one): [T, T][] => {
    const old = before.find((other) => other.name === one.name);
    return old ? [[old, one]] : [];
  });
}

function inOrderOf({ backends }: PoolConfig, kept: readonly [BackendConfig, BackendConfig][]): string[] {
  const names = new Set(kept.map(([old]) => old.name));
  return backends.map(({ name }) => name).filter((name) => names.has(name));
}

function missing<T extends { readonly name: string }>(from: readonly T[], to: readonly T[]): T[] {
  return from.filter((one) => !to.some((other) => other.name === one.name));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
