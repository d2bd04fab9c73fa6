import type { EngineEvent } from '../../shared/engine-event.ts';
import type { Incident } from '../../shared/incident.ts';
import type { BackendCounters, LatencySummary, Snapshot } from '../../shared/snapshot.ts';

/** What a rehearsal came to; written as JSON. Durations in milliseconds, times in ISO 8601. */
export interface ScenarioReport {
  readonly scenario: string;
  readonly seed: number | null;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly command: { readonly argv: readonly string[]; readonly exitCode: number };
  /** What the scenario did, from its start. */
  readonly steps: readonly { readonly atMs: number; readonly words: string }[];
  readonly pools: readonly PoolReport[];
  readonly incidents: readonly IncidentReport[];
}

export interface PoolReport {
  readonly name: string;
  /** Requests answered 503 because no backend was available. */
  readonly unavailable: number;
  readonly latency: LatencySummary | null;
  readonly backends: readonly (Pick<BackendCounters, 'requests' | 'errors' | 'latency'> & {
    readonly name: string;
    /** Answers of status 500 and above. */
    readonly serverErrors: number;
  })[];
}

export interface IncidentReport {
  readonly pool: string;
  readonly backend: string;
  readonly cause: string;
  readonly isSimulated: boolean;
  /** From the start of the scenario. */
  readonly brokenAtMs: number;
  /** From when it broke; null for never. */
  readonly firstErrorAfterMs: number | null;
  readonly detectedAfterMs: number | null;
  readonly recoveredAfterMs: number | null;
  /** Requests whose client got an error, and those that another backend served. */
  readonly clientErrors: number;
  readonly rescued: number;
}

export interface ReportFacts {
  readonly scenario: string;
  readonly seed: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly command: ScenarioReport['command'];
  /** All there were since the start. */
  readonly events: readonly EngineEvent[];
  readonly snapshot: Snapshot;
}

export function reportOf({
  scenario,
  seed,
  startedAt,
  endedAt,
  command,
  events,
  snapshot,
}: ReportFacts): ScenarioReport {
  const ended = events.flatMap((event) => (event.kind === 'incident' ? [event] : []));
  const lasting = snapshot.pools.flatMap(({ name, backends }) =>
    backends.flatMap(({ name: backend, incident }) => (incident ? [{ pool: name, backend, incident }] : [])),
  );
  return {
    scenario,
    seed,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: endedAt - startedAt,
    command,
    steps: events.flatMap((event) =>
      event.kind === 'scenario' ? [{ atMs: event.at - startedAt, words: event.words }] : [],
    ),
    pools: snapshot.pools.map(({ name, unavailable, latency, backends }) => ({
      name,
      unavailable,
      latency,
      backends: backends.map(({ name: backend, counters }) => ({
        name: backend,
        requests: counters.requests,
        errors: counters.errors,
        serverErrors: counters.byClass[4],
        latency: counters.latency,
      })),
    })),
    incidents: [...ended, ...lasting]
      .map(({ pool, backend, incident }) => ({ pool, backend, ...incidentReport(incident, startedAt) }))
      .sort((a, b) => a.brokenAtMs - b.brokenAtMs),
  };
}

function incidentReport(incident: Incident, startedAt: number): Omit<IncidentReport, 'pool' | 'backend'> {
  const { cause, isSimulated, brokenAt, firstErrorAt, markedDownAt, backAt, failed, rescued } = incident;
  const after = (at: number | null) => (at === null ? null : at - brokenAt);
  return {
    cause,
    isSimulated,
    brokenAtMs: brokenAt - startedAt,
    firstErrorAfterMs: after(firstErrorAt),
    detectedAfterMs: after(markedDownAt),
    recoveredAfterMs: after(backAt),
    clientErrors: failed,
    rescued,
  };
}
