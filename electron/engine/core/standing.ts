import type { ActiveFault } from '../../../shared/view/active-fault.ts';
import type { BackendStanding } from '../../../shared/view/snapshot.ts';
import type { Member } from './pool-runtime.ts';

/** All that decides whether requests may come to a backend, as the window gets it. */
export function standingOf({ backend, checker, faults, incidents }: Member): BackendStanding {
  return {
    admin: backend.admin,
    health: checker.status,
    forced: backend.forced,
    ejection: backend.ejection,
    drainEndsAt: backend.drainEndsAt,
    slowStart: backend.slowStart.window,
    faults: faults.active,
    incident: incidents.current,
  };
}

export function isSameStanding(a: BackendStanding, b: BackendStanding): boolean {
  return (
    a.admin === b.admin &&
    a.health === b.health &&
    a.forced === b.forced &&
    a.ejection === b.ejection &&
    a.drainEndsAt === b.drainEndsAt &&
    a.slowStart === b.slowStart &&
    a.incident === b.incident &&
    areSameFaults(a.faults, b.faults)
  );
}

function areSameFaults(a: readonly ActiveFault[], b: readonly ActiveFault[]): boolean {
  return (a.length === 0 && b.length === 0) || JSON.stringify(a) === JSON.stringify(b);
}
