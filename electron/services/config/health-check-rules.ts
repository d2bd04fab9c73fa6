import { parseDuration } from '../../../shared/config/duration.ts';
import { SHORTEST_INTERVAL_MS } from '../../../shared/config/health-check-schema.ts';
import type { Keys, Problem } from './issues.ts';

const DEFAULT_INTERVAL = '2s';
const NEEDS_BODY = 'needs a method whose answer has a body; set "method" to "GET"';

/** What one field of a check says against another, in a pool or where a server has settings of its own. */
export function checkHealthCheck(own: unknown, pools: unknown, keys: Keys): Problem[] {
  return [...checkBody(own, pools, keys), ...checkJitter(own, pools, keys)];
}

/** Jitter shortens a wait too. */
function checkJitter(own: unknown, pools: unknown, keys: Keys): Problem[] {
  const isTooLong = (setting: (name: string) => unknown) =>
    [setting('interval') ?? DEFAULT_INTERVAL, setting('downInterval')].some((interval) => {
      const [waitMs, jitterMs] = [milliseconds(interval), milliseconds(setting('jitter'))];
      if (waitMs === null || jitterMs === null || waitMs < SHORTEST_INTERVAL_MS) return false;
      return waitMs - jitterMs < SHORTEST_INTERVAL_MS;
    });
  const isPoolsFault = isTooLong((name) => field(pools, name));
  if (isPoolsFault || !isTooLong((name) => field(own, name) ?? field(pools, name))) return [];
  const words = `leaves less than ${SHORTEST_INTERVAL_MS}ms between two probes; make it shorter, or the interval longer`;
  const name = ['jitter', 'interval', 'downInterval'].find((one) => field(own, one) !== undefined);
  return [{ keys: [...keys, name ?? 'jitter'], words }];
}

function checkBody(own: unknown, pools: unknown, keys: Keys): Problem[] {
  if (!isLookingForNothing((name) => field(own, name) ?? field(pools, name))) return [];
  const isPoolsFault = isLookingForNothing((name) => field(pools, name));
  if (field(own, 'bodyContains') !== undefined)
    return [{ keys: [...keys, 'bodyContains'], words: NEEDS_BODY }];
  if (isPoolsFault) return [];
  const name = field(own, 'method') === undefined ? 'type' : 'method';
  const words = 'gets no body, in which the pool looks for its "bodyContains"; set "method" to "GET"';
  return [{ keys: [...keys, name], words }];
}

/** Null for what is no duration, which the schema complains of. */
function milliseconds(text: unknown): number | null {
  const parsed = typeof text === 'string' ? parseDuration(text) : null;
  return parsed?.ok ? parsed.value : null;
}

/** RFC 9110 section 9.3.2: a HEAD has no body. */
function isLookingForNothing(setting: (name: string) => unknown): boolean {
  const isHttp = (setting('type') ?? 'http') === 'http';
  return isHttp && setting('bodyContains') !== undefined && (setting('method') ?? 'HEAD') === 'HEAD';
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
