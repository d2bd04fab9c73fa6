import type { BackendStanding } from '../../shared/snapshot.ts';
import type { Member } from './pool-runtime.ts';

/** All that decides whether requests may come to a backend, as the window gets it. */
export function standingOf({ backend, checker }: Member): BackendStanding {
  return {
    admin: backend.admin,
    health: checker.status,
    forced: backend.forced,
    ejection: backend.ejection,
    drainEndsAt: backend.drainEndsAt,
    slowStart: backend.slowStart.window,
  };
}

export function isSameStanding(a: BackendStanding, b: BackendStanding): boolean {
  return (
    a.admin === b.admin &&
    a.health === b.health &&
    a.forced === b.forced &&
    a.ejection === b.ejection &&
    a.drainEndsAt === b.drainEndsAt &&
    a.slowStart === b.slowStart
  );
}
