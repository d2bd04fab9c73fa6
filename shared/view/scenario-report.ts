import type { LimitName } from '../config/scenario-limits.ts';
import type { ClientTally, PoolTally } from './run-tally.ts';

/** What a rehearsal came to. Durations in milliseconds, times in ISO 8601. */
export interface ScenarioReport {
  readonly scenario: string;
  readonly seed: number | null;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Null when it was played without one. */
  readonly command: { readonly argv: readonly string[]; readonly exitCode: number } | null;
  /** `unjudged` when the scenario has no limits. */
  readonly verdict: 'passed' | 'failed' | 'unjudged';
  readonly limits: readonly LimitVerdict[];
  /** Null when they could not be counted: the engine was started again meanwhile. */
  readonly clients: ClientTally | null;
  /** What the scenario did, from its start. */
  readonly steps: readonly { readonly atMs: number; readonly words: string }[];
  readonly pools: readonly PoolTally[];
  readonly incidents: readonly IncidentReport[];
  /** Steps and incidents beyond those that are kept; limits are judged with them all the same. */
  readonly leftOut: number;
}

/** One limit, and whether it was kept. */
export interface LimitVerdict {
  /** `steps` is whether the scenario could do all it wanted to. */
  readonly name: LimitName | 'steps';
  readonly title: string;
  /** `3s at most`. */
  readonly allowed: string;
  /** `4.2s (users/users-2: crash)`. */
  readonly measured: string;
  readonly isKept: boolean;
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
