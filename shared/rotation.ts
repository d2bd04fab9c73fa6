import type { BackendSnapshot } from './snapshot.ts';

/** Whether requests may come to a backend, but for its limit: what the user, its checks and its traffic say. */
export function isInRotation({ admin, forced, health, ejection }: BackendSnapshot): boolean {
  if (admin !== 'enabled' || forced === 'down') return false;
  return forced === 'up' || (health.health !== 'down' && ejection === null);
}
