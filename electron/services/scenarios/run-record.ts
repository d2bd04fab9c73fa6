import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import type { Incident } from '../../../shared/view/incident.ts';
import type { IncidentReport, ScenarioReport } from '../../../shared/view/scenario-report.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';

/** Of each kind; a backend that flaps for a day must not fill the memory. */
const MOST_KEPT = 1_000;

/** The longest of its kind, and whose it was. */
export interface Worst {
  readonly ms: number;
  /** `users/users-2: crash`. */
  readonly whose: string;
}

/** What happened in a run: the first of it in full, and of all of it what limits are about. */
export class RunRecord {
  readonly #startedAt: number;
  readonly #steps: ScenarioReport['steps'][number][] = [];
  readonly #incidents: IncidentReport[] = [];
  #leftOut = 0;
  #undetected: Worst | null = null;
  #unrecovered: Worst | null = null;

  /** @param startedAt milliseconds since the epoch */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  get steps(): ScenarioReport['steps'] {
    return this.#steps;
  }

  /** In the order in which they broke. */
  get incidents(): readonly IncidentReport[] {
    return this.#incidents.toSorted((a, b) => a.brokenAtMs - b.brokenAtMs);
  }

  /** Steps and incidents that happened and are not among those kept. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** The longest time that a backend was broken and in rotation; null when none broke. */
  get longestUndetected(): Worst | null {
    return this.#undetected;
  }

  /** The longest time that a backend was broken; null when none broke. */
  get longestBroken(): Worst | null {
    return this.#unrecovered;
  }

  add(event: EngineEvent): void {
    if (event.kind === 'scenario') {
      if (this.#steps.length < MOST_KEPT) {
        this.#steps.push({ atMs: event.at - this.#startedAt, words: event.words });
      } else this.#leftOut++;
    } else if (event.kind === 'incident') this.addIncident(event, event.incident, event.at);
  }

  /** @param now for one that lasts: until when it has been watched, milliseconds since the epoch */
  addIncident({ pool, backend }: BackendKey, incident: Incident, now: number): void {
    const { brokenAt, markedDownAt, backAt, cause } = incident;
    // What was broken before is not of this run.
    if (brokenAt >= this.#startedAt) {
      const whose = `${pool}/${backend}: ${cause}`;
      const over = backAt ?? now;
      this.#undetected = worse(this.#undetected, { ms: (markedDownAt ?? over) - brokenAt, whose });
      this.#unrecovered = worse(this.#unrecovered, { ms: over - brokenAt, whose });
    }
    if (this.#incidents.length < MOST_KEPT) {
      this.#incidents.push({ pool, backend, ...incidentReport(incident, this.#startedAt) });
    } else this.#leftOut++;
  }
}

function worse(one: Worst | null, other: Worst): Worst {
  return one !== null && one.ms >= other.ms ? one : other;
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
