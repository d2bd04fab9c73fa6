import type { ConfigEdit, WrittenHealthCheck } from '../../shared/config/config-edit.ts';
import type { PoolSnapshot } from '../../shared/view/snapshot.ts';
import { fieldsOf, isWrittenInFull, writtenPool, writtenServer } from './written-pool.ts';

/** What becomes different in how a backend is checked and reached. */
export interface CheckChange {
  readonly backend: string;
  /** Only what differs from the check that holds for it now, or from its pool's. */
  readonly healthCheck: WrittenHealthCheck;
  /** Whether it stands over the pool's check, so that what the server itself says of its requests goes. */
  readonly isOverPool?: boolean;
  /** Another URL, for a backend that speaks TLS or does not. */
  readonly url?: string;
  readonly insecure?: true;
}

/** What a probe asks and expects, in contrast to when it is sent. */
const REQUEST_FIELDS: readonly string[] = [
  'type',
  'method',
  'path',
  'headers',
  'expectedStatus',
  'bodyContains',
  'followRedirects',
  'service',
];

/**
 * The edits that make the changes. If all backends of a pool change alike and the config is in the full form, the pool's
 * check changes; else each server's does, for which the simple form has room too. An instance of a command has no
 * server of its own, so for it the pool's check changes.
 *
 * @param text of the config, valid
 * @param isInstance whether a backend is an instance of a command
 */
export function checkEdits(
  text: string,
  pool: PoolSnapshot,
  changes: readonly CheckChange[],
  isInstance: (backend: string) => boolean,
): readonly ConfigEdit[] {
  const [first] = changes;
  if (!first) return [];
  const addresses = changes.flatMap((change) => addressEdits(text, pool.name, change));
  const sort = JSON.stringify(first.healthCheck);
  const isAlike =
    changes.length > 1 &&
    changes.every(({ healthCheck }) => JSON.stringify(healthCheck) === sort) &&
    pool.backends.every(({ name }) => changes.some(({ backend }) => backend === name)) &&
    // What a server says itself would still hold over its pool.
    !changes.some(({ backend }) => asksItself(text, pool.name, backend));
  const instance = changes.find(({ backend }) => isInstance(backend));
  if (instance || (isAlike && isWrittenInFull(text)))
    return [...addresses, ...poolEdits(text, pool.name, (instance ?? first).healthCheck)];
  return [...addresses, ...changes.flatMap((change) => serverEdits(text, pool.name, change))];
}

function asksItself(text: string, pool: string, backend: string): boolean {
  const own = checkIn(writtenServer(text, pool, backend)['healthCheck']);
  return Object.keys(own).some((name) => REQUEST_FIELDS.includes(name));
}

function poolEdits(text: string, pool: string, change: WrittenHealthCheck): readonly ConfigEdit[] {
  if (Object.keys(change).length === 0) return [];
  const { healthCheck, healthCheckInterval } = writtenPool(text, pool);
  // What the simple form says of the check.
  const interval = typeof healthCheckInterval === 'string' ? { interval: healthCheckInterval } : {};
  const written = { ...interval, ...checkIn(healthCheck) };
  return [{ kind: 'set-health-check', pool, healthCheck: { ...kept(written, change), ...change } }];
}

function serverEdits(
  text: string,
  pool: string,
  { backend, healthCheck, isOverPool = false }: CheckChange,
): readonly ConfigEdit[] {
  const written = checkIn(writtenServer(text, pool, backend)['healthCheck']);
  const rest = isOverPool ? timesOf(written) : kept(written, healthCheck);
  const after = { ...rest, ...healthCheck };
  if (JSON.stringify(after) === JSON.stringify(written)) return [];
  return [{ kind: 'set-server-health-check', pool, backend, healthCheck: after }];
}

/** A URL or a certificate is a server's own, whatever its check. */
function addressEdits(
  text: string,
  pool: string,
  { backend, url, insecure }: CheckChange,
): readonly ConfigEdit[] {
  if (url === undefined && insecure === undefined) return [];
  const written = writtenServer(text, pool, backend);
  const before = typeof written['url'] === 'string' ? written['url'] : undefined;
  const target = url ?? before;
  if (target === undefined) return [];
  const { name, weight, maxConnections, backup } = written;
  const server = {
    url: target,
    ...(typeof name === 'string' && { name }),
    ...(isNumberOrText(weight) && { weight }),
    ...(isNumberOrText(maxConnections) && { maxConnections }),
    ...(backup === true && { backup: true as const }),
    ...(insecure && { insecure }),
  };
  return [{ kind: 'update-server', pool, backend, server }];
}

/** Another type has no use for what the request was. */
function kept(written: WrittenHealthCheck, change: WrittenHealthCheck): WrittenHealthCheck {
  return change['type'] === undefined || change['type'] === 'http' ? written : timesOf(written);
}

function timesOf(written: WrittenHealthCheck): WrittenHealthCheck {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !REQUEST_FIELDS.includes(name)));
}

/** As it is written in a valid config. */
function checkIn(value: unknown): WrittenHealthCheck {
  return fieldsOf(value) as WrittenHealthCheck;
}

function isNumberOrText(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}
