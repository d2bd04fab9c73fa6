import type { Incident } from '../../../shared/view/incident.ts';

/** By how much word of what broke may come later than what came of it. */
const NEWS_LAG_MS = 1_000;

/** Who met a failure. */
export type Witness = 'traffic' | 'checks';

/** Watches one backend for what is broken, and measures how that is found out. */
export class IncidentTracker {
  readonly #now: () => number;
  readonly #onEnded: (incident: Incident) => void;
  /** The one that lasts; null while all is well. */
  #current: Incident | null = null;
  /** What has failed since the last success of its kind: it counts once the backend is taken out for it. */
  #suspicion: (Incident & { readonly by: Witness }) | null = null;
  /** The faults at work; null for none. */
  #fault: string | null = null;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number, onEnded: (incident: Incident) => void) {
    this.#now = now;
    this.#onEnded = onEnded;
  }

  get current(): Incident | null {
    return this.#current;
  }

  /** It is made to fail from now on. @param fault as it is written */
  faultBegan(fault: string): void {
    this.#fault = fault;
    // One that has begun goes on with another cause: what it is to the clients has not ended in between.
    if (this.#current) this.#current = { ...this.#current, cause: fault, isSimulated: true };
    else this.#current = this.#begin(fault, true);
  }

  /** No fault is at work any more. Who was taken out has yet to come back. */
  faultEnded(): void {
    if (this.#fault === null) return;
    this.#fault = null;
    if (this.#current && this.#current.markedDownAt === null) this.#end();
  }

  /** A request or a probe failed at it. @param sinceMs how long ago that began */
  failed(by: Witness, cause: string, sinceMs: number): void {
    if (this.#current) return;
    if (this.#fault !== null) this.#current = this.#begin(this.#fault, true, sinceMs);
    else this.#suspicion ??= { ...this.#begin(cause, false, sinceMs), by };
  }

  /**
   * It is broken for real, and nobody who balances knew: from now on, or since what has just failed at it. A failure may be
   * heard of before the end of the process that it came from.
   */
  broke(cause: string): void {
    const { by: _, ...suspicion } = this.#suspicion ?? { by: null, ...this.#begin(cause, false) };
    const found = this.#current ?? suspicion;
    this.#suspicion = null;
    const cameOfIt = !found.isSimulated && this.#now() - found.brokenAt <= NEWS_LAG_MS;
    if (cameOfIt) this.#current = { ...found, cause };
    else this.#current ??= this.#begin(cause, false);
  }

  /** A request or a probe got what it came for. @param sinceMs how long ago it set out */
  succeeded(by: Witness, sinceMs: number): void {
    if (this.#suspicion?.by === by) this.#suspicion = null;
    const current = this.#current;
    // It is well again before anybody noticed; what had set out earlier says nothing of that.
    if (
      current &&
      !current.isSimulated &&
      current.markedDownAt === null &&
      this.#now() - sinceMs > current.brokenAt
    )
      this.#end();
  }

  /** What became of a request that had failed at it. */
  requestEnded(isRescued: boolean): void {
    if (this.#current) this.#current = counted(this.#current, isRescued, this.#now());
    else if (this.#suspicion) this.#suspicion = counted(this.#suspicion, isRescued, this.#now());
  }

  /** It has been taken out, by its checks or by what traffic got from it. */
  markedDown(reason: string): void {
    const { by: _, ...suspicion } = this.#suspicion ?? { by: null, ...this.#begin(reason, false) };
    const incident = this.#current ?? suspicion;
    this.#suspicion = null;
    const cause = this.#current?.cause ?? reason;
    this.#current = { ...incident, cause, markedDownAt: incident.markedDownAt ?? this.#now() };
  }

  /** It has been taken back. */
  cameBack(): void {
    if (this.#current?.markedDownAt != null) this.#end();
  }

  #begin(cause: string, isSimulated: boolean, sinceMs = 0): Incident {
    return {
      cause,
      isSimulated,
      brokenAt: Math.round(this.#now() - sinceMs),
      firstErrorAt: null,
      markedDownAt: null,
      backAt: null,
      failed: 0,
      rescued: 0,
    };
  }

  #end(): void {
    const ended = this.#current;
    this.#current = null;
    if (ended) this.#onEnded({ ...ended, backAt: this.#now() });
  }
}

function counted<I extends Incident>(incident: I, isRescued: boolean, now: number): I {
  return isRescued
    ? { ...incident, rescued: incident.rescued + 1 }
    : { ...incident, failed: incident.failed + 1, firstErrorAt: incident.firstErrorAt ?? now };
}
