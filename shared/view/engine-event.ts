import type { HealthCause } from './health-cause.ts';
import type { Incident } from './incident.ts';
import type { AdminState, ForcedHealth } from './snapshot.ts';

/** Something that has happened, as the engine tells of it. */
export type EngineEventBody =
  | {
      readonly kind: 'backend-down';
      readonly pool: string;
      readonly backend: string;
      readonly reason: string;
      readonly cause: HealthCause;
      /** How long it had been up; null when it never had been. */
      readonly upMs: number | null;
    }
  /** It is down still, for another reason than was told. */
  | {
      readonly kind: 'backend-still-down';
      readonly pool: string;
      readonly backend: string;
      readonly reason: string;
      readonly cause: HealthCause;
    }
  /** Its probes have no response in time, but it serves requests; or that is over. */
  | {
      readonly kind: 'backend-busy';
      readonly pool: string;
      readonly backend: string;
      /** Null when it is over. */
      readonly reason: string | null;
    }
  /** It has no checks, and traffic could not reach it. */
  | {
      readonly kind: 'backend-unreachable';
      readonly pool: string;
      readonly backend: string;
      readonly reason: string;
      readonly cause: HealthCause;
    }
  /** All backends are down by their checks alone, and requests are tried all the same; or that is over. */
  | {
      readonly kind: 'tries-anyway';
      readonly pool: string;
      readonly isOn: boolean;
      /** Requests tried while it was on. */
      readonly requests: number;
    }
  | {
      readonly kind: 'backend-up';
      readonly pool: string;
      readonly backend: string;
      readonly reason: string;
      readonly downMs: number;
    }
  | {
      readonly kind: 'backend-ejected';
      readonly pool: string;
      readonly backend: string;
      readonly reason: string;
      readonly forMs: number;
    }
  | {
      readonly kind: 'backend-returned';
      readonly pool: string;
      readonly backend: string;
      readonly afterMs: number;
    }
  | { readonly kind: 'admin'; readonly pool: string; readonly backend: string; readonly state: AdminState }
  | {
      readonly kind: 'health-forced';
      readonly pool: string;
      readonly backend: string;
      readonly forced: ForcedHealth;
    }
  | {
      readonly kind: 'faults-set';
      readonly pool: string;
      readonly backend: string;
      /** As they are written: `latency 200ms±40ms`; empty when they were cleared. */
      readonly faults: readonly string[];
    }
  /** It is over: what it took to find out and to come back. */
  | {
      readonly kind: 'incident';
      readonly pool: string;
      readonly backend: string;
      readonly incident: Incident;
    }
  /** A scenario does something, or has ended. */
  | { readonly kind: 'scenario'; readonly scenario: string; readonly words: string }
  | { readonly kind: 'fault-over'; readonly pool: string; readonly backend: string; readonly fault: string }
  | { readonly kind: 'config-applied'; readonly summary: string }
  | { readonly kind: 'listening'; readonly listener: string; readonly url: string }
  | { readonly kind: 'listener-failed'; readonly listener: string; readonly reason: string }
  | { readonly kind: 'engine-restarted'; readonly reason: string };

export type EngineEvent = EngineEventBody & {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
};
