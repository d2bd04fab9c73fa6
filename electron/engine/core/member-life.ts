import { formatFault } from '../../../shared/text/fault-text.ts';
import type { EngineEventBody } from '../../../shared/view/engine-event.ts';
import type { HealthCause } from '../../../shared/view/health-cause.ts';
import type { HealthStatus } from '../../../shared/view/snapshot.ts';
import { BackendFaults } from '../faults/backend-faults.ts';
import { HealthChecker } from '../health/health-checker.ts';
import type { KeptConnections } from '../health/kept-connections.ts';
import { OutlierDetector } from '../health/outlier-detector.ts';
import type { Probe } from '../health/probe.ts';
import type { Wire } from '../http/exchange/wire.ts';
import type { Backend } from '../pool/backend.ts';
import type { BackendStats } from '../stats/backend-stats.ts';
import { systemClock } from '../system/clock.ts';
import { IncidentTracker } from './incident-tracker.ts';
import type { MemberLife } from './pool-runtime.ts';
import { ToldReasons } from './told-reasons.ts';

export interface MemberSurroundings {
  readonly wire: Wire;
  readonly createProbe: (faults: BackendFaults, kept: KeptConnections) => Probe;
  readonly record: (event: EngineEventBody) => void;
  /** The backend may be available now, or not any more. */
  readonly availabilityChanged: (backend: Backend) => void;
  /** One of its probes has ended. */
  readonly probeEnded: (backend: Backend) => void;
  /** A number that changes whenever the backend responds with something. */
  readonly progressOf: (backend: Backend, stats: BackendStats) => number;
  /** The backend has left its pool. */
  readonly left: MemberLife['left'];
}

const OTHER: HealthCause = { kind: 'other' };

/** What the engine does when a backend's health changes, by its checks or by its traffic. */
export function createMemberLife({
  wire,
  createProbe,
  record,
  availabilityChanged,
  probeEnded,
  progressOf,
  left,
}: MemberSurroundings): MemberLife {
  return {
    createChecker: (joining) => {
      const { backend } = joining;
      const told = new ToldReasons(systemClock.now);
      const key = { pool: backend.pool, backend: backend.config.name };
      return new HealthChecker(backend.config, {
        clock: systemClock,
        probe: createProbe(joining.faults, keptBy(wire, backend)),
        random: Math.random,
        work: {
          inFlight: () => backend.inFlight,
          progress: () => progressOf(backend, joining.stats),
        },
        observer: {
          onProbe: ({ passed, words, cause, durationMs }) => {
            joining.probesEnded++;
            if (passed) joining.incidents.succeeded('checks', durationMs);
            else if (cause?.kind !== 'busy') joining.incidents.failed('checks', words, durationMs);
            probeEnded(backend);
          },
          onChange: (status, previous) => {
            take(backend, status);
            if (status.health === 'down') {
              const { reason, cause = OTHER } = status;
              told.clear();
              told.isNew(reason, cause);
              wire.connectionsTo(backend).closeIdle();
              wire.connectionsTo(backend).keepAgain();
              joining.incidents.markedDown(reason);
              const upMs = previous.health === 'up' ? status.since - previous.since : null;
              record({ kind: 'backend-down', ...key, reason, cause, upMs });
            } else if (previous.health === 'down') {
              if (backend.forced === null) backend.comeBack();
              const downMs = status.since - previous.since;
              record({ kind: 'backend-up', ...key, reason: status.reason, downMs });
              if (isTakenBack(backend)) joining.incidents.cameBack();
            }
            availabilityChanged(backend);
          },
          onReason: (status, previous) => {
            take(backend, status);
            const { health, reason, cause = OTHER, busy } = status;
            if (health === 'down' && told.isNew(reason, cause))
              record({ kind: 'backend-still-down', ...key, reason, cause });
            if ((busy === undefined) !== (previous.busy === undefined))
              record({ kind: 'backend-busy', ...key, reason: busy?.reason ?? null });
            availabilityChanged(backend);
          },
          onUnreachable: (reason, cause) => {
            if (told.isNewOrBack(reason, cause))
              record({ kind: 'backend-unreachable', ...key, reason, cause });
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
          availabilityChanged(backend);
        },
        onReturned: (backend, afterMs) => {
          backend.comeBack();
          availabilityChanged(backend);
          record({ kind: 'backend-returned', pool: backend.pool, backend: backend.name, afterMs });
          if (isTakenBack(backend)) incidentsOf(backend)?.cameBack();
        },
      }),
    triesAnyway: (pool, isOn, requests) => record({ kind: 'tries-anyway', pool, isOn, requests }),
    left,
  };
}

/** Found anew each time: they are made with the first request. */
function keptBy(wire: Wire, backend: Backend): KeptConnections {
  return {
    release: () => wire.connectionsTo(backend).release(),
    resume: () => wire.connectionsTo(backend).resume(),
    keepNone: () => wire.connectionsTo(backend).keepNone(),
  };
}

/** What the pool goes by: availability is decided in `Backend`. */
function take(backend: Backend, { health, reason, cause = OTHER }: HealthStatus): void {
  backend.health = health;
  backend.down = health === 'down' ? { words: reason, cause } : null;
}

/** Neither its checks nor what traffic gets from it keep it out. */
function isTakenBack({ health, ejection }: Backend): boolean {
  return health !== 'down' && ejection === null;
}
