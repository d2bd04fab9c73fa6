import { mayRespond } from './health-cause.ts';
import type { BackendSnapshot, PoolSnapshot } from './snapshot.ts';

/** Whether requests may come to a backend, but for its limit: what the user, its checks and its traffic say. */
export function isInRotation({ admin, forced, health, ejection }: BackendSnapshot): boolean {
  if (admin !== 'enabled' || forced === 'down') return false;
  return forced === 'up' || (health.health !== 'down' && ejection === null);
}

/** Whether requests go to a backend although it is out: none of its pool is available, and it may respond all the same. */
export function isTriedAnyway({ isTryingAnyway, backends }: PoolSnapshot, backend: BackendSnapshot): boolean {
  if (!isTryingAnyway) return false;
  const hope = lastHope(backend);
  // Those that traffic has put out come second.
  return hope === 'down' || (hope === 'ejected' && !backends.some((one) => lastHope(one) === 'down'));
}

function lastHope({ admin, forced, health, ejection }: BackendSnapshot): 'down' | 'ejected' | null {
  if (admin !== 'enabled' || forced !== null) return null;
  if (health.health === 'down' && !(health.cause && mayRespond(health.cause))) return null;
  if (ejection !== null) return 'ejected';
  return health.health === 'down' ? 'down' : null;
}
