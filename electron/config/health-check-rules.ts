import type { Keys, Problem } from './issues.ts';

const NEEDS_BODY = 'needs a method whose answer has a body; set "method" to "GET"';

/** What one field of a check says against another, in a pool or where a server has settings of its own. */
export function checkHealthCheck(own: unknown, pools: unknown, keys: Keys): Problem[] {
  if (!isLookingForNothing((name) => field(own, name) ?? field(pools, name))) return [];
  const isPoolsFault = isLookingForNothing((name) => field(pools, name));
  if (field(own, 'bodyContains') !== undefined)
    return [{ keys: [...keys, 'bodyContains'], words: NEEDS_BODY }];
  if (isPoolsFault) return [];
  const name = field(own, 'method') === undefined ? 'type' : 'method';
  const words = 'gets no body, in which the pool looks for its "bodyContains"; set "method" to "GET"';
  return [{ keys: [...keys, name], words }];
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
