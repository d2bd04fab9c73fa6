import type { EngineEventBody } from '../../shared/engine-event.ts';
import { formatFault } from '../../shared/fault-text.ts';
import type { HealthCause } from '../../shared/health-cause.ts';
import { BackendFaults } from '../faults/backend-faults.ts';
import { HealthChecker } from '../health/health-checker.ts';
import { OutlierDetector } from '../health/outlier-detector.ts';
import type { Probe } from '../health/probe.ts';
import type { Wire } from '../http/wire.ts';
import type { Backend } from '../pool/backend.ts';
import { systemClock } from '../system/clock.ts';
import { IncidentTracker } from './incident-tracker.ts';
import type { MemberLife } from './pool-runtime.ts';

export interface MemberSurroundings {
  readonly wire: Wire;
  readonly createProbe: (faults: BackendFaults) => Probe;
  readonly record: (event: EngineEventBody) => void;
  /** The backend may have become free, or taken up again: whoever waits in its pool tries. */
  readonly wake: (backend: Backend) => void;
  /** The backend has left its pool. */
  readonly left: MemberLife['left'];
}

const UNKNOWN: HealthCause = { kind: 'other' };

/** What the engine does when a backend's health changes, by its checks or by its traffic. */
export function createMemberLife({ wire, createProbe, record, wake, left }: MemberSurroundings): MemberLife {
  return {
    createChecker: (joining) => {
      const { backend } = joining;
      const key = { pool: backend.pool, backend: backend.config.name };
      return new HealthChecker(backend.config, {
        clock: systemClock,
        probe: createProbe(joining.faults),
        random: Math.random,
        observer: {
          onProbe: ({ passed, words, durationMs }) => {
            joining.probesEnded++;
            if (passed) joining.incidents.succeeded('checks', durationMs);
            else joining.incidents.failed('checks', words, durationMs);
          },
          onChange: (status, previous) => {
            backend.health = status.health;
            wake(backend);
            if (status.health === 'down') {
              wire.connectionsTo(backend).closeIdle();
              joining.incidents.markedDown(status.reason);
              const upMs = previous.health === 'up' ? status.since - previous.since : null;
              const { reason, cause = UNKNOWN } = status;
              record({ kind: 'backend-down', ...key, reason, cause, upMs });
            } else if (previous.health === 'down') {
              if (backend.forced === null) backend.comeBack();
              const downMs = status.since - previous.since;
              record({ kind: 'backend-up', ...key, reason: status.reason, downMs });
              if (isTakenBack(backend)) joining.incidents.cameBack();
            }
          },
        },
      });
    },
    createIncidents: ({ pool, name }) =>
      new IncidentTracker(systemClock.now, (incident) =>
        record({ kind: 'incident', pool, backend: name, incident }),
      ),
    createFaults: (backend, incidents) =>
      new BackendFaults(
        {
          ...systemClock,
          onCrash: () => wire.connectionsTo(backend).crashAll(),
          onBroken: (fault) => incidents.faultBegan(fault),
          onMended: () => incidents.faultEnded(),
        },
        (fault) =>
          record({
            kind: 'fault-over',
            pool: backend.pool,
            backend: backend.name,
            fault: formatFault(fault),
          }),
      ),
    createOutlierDetector: (incidentsOf) =>
      new OutlierDetector(systemClock, {
        onEjected: (backend, { reason }, forMs) => {
          incidentsOf(backend)?.markedDown(reason);
          record({ kind: 'backend-ejected', pool: backend.pool, backend: backend.name, reason, forMs });
        },
        onReturned: (backend, afterMs) => {
          backend.comeBack();
          wake(backend);
          record({ kind: 'backend-returned', pool: backend.pool, backend: backend.name, afterMs });
          if (isTakenBack(backend)) incidentsOf(backend)?.cameBack();
        },
      }),
    left,
  };
}

/** Neither its checks nor what traffic gets from it keep it out. */
function isTakenBack({ health, ejection }: Backend): boolean {
  return health !== 'down' && ejection === null;
}
