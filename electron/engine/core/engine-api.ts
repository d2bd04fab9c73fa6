import type { CommandFailure } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import type { Config, HealthCheckConfig } from '../../../shared/config/config.ts';
import type { BackendDurations } from '../../../shared/config/durations.ts';
import type { FaultSettings } from '../../../shared/config/fault-schema.ts';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import type { ExchangeDetail, ExchangeLine, ExchangeRecord } from '../../../shared/view/exchange-record.ts';
import type { RunTally } from '../../../shared/view/run-tally.ts';
import type {
  AdminState,
  BackendKey,
  Batch,
  ForcedHealth,
  ProbeTrial,
  Snapshot,
} from '../../../shared/view/snapshot.ts';
import type { Recording } from '../lab/recording.ts';

/** A listener that could not be bound; nothing of the new config is in force then. */
export interface ApplyFailure {
  readonly code: 'address-in-use' | 'address-denied' | 'address-unavailable';
  readonly listener: string;
  /** A whole sentence. */
  readonly message: string;
}

export interface ApplyOptions {
  /** At start: a listener that cannot be bound is shown as failed, and the others serve. */
  readonly keepGoing: boolean;
}

/** What the engine can be asked, on this thread or across to its worker. Arguments are plain data. */
export interface EngineCalls {
  apply: (argument: {
    readonly config: Config;
    readonly options: ApplyOptions;
  }) => Promise<Result<null, ApplyFailure>>;
  /** Switches all listeners off (what is in flight finishes) and on again. */
  setRunning: (argument: { readonly isRunning: boolean }) => Promise<Result<null, CommandFailure>>;
  setAdmin: (argument: BackendKey & { readonly state: AdminState }) => Promise<Result<null, CommandFailure>>;
  /** Counts as up or down from now on, whatever the checks say; null leaves it to them again. */
  forceHealth: (
    argument: BackendKey & { readonly forced: ForcedHealth },
  ) => Promise<Result<null, CommandFailure>>;
  /**
   * What is wrong with a backend from now on, in place of what was; the balancer has to find out.
   *
   * @param argument.seed makes chance repeatable; null for another course each time
   */
  setFaults: (
    argument: BackendKey & { readonly faults: readonly FaultSettings[]; readonly seed: number | null },
  ) => Promise<Result<null, CommandFailure>>;
  /** A backend is broken for real as of now, by somebody's doing; the balancer has to find out. */
  noteBroken: (argument: BackendKey & { readonly cause: string }) => Promise<Result<null, CommandFailure>>;
  /** A scenario has something to say for the list of events. */
  noteScenario: (argument: { readonly scenario: string; readonly words: string }) => Promise<null>;
  /** Begins to count anew for a run, or ends it. @returns what was counted, null when nothing was */
  tally: (argument: { readonly isOn: boolean }) => Promise<RunTally | null>;
  /** Nothing is wrong with any backend any more. */
  clearFaults: (argument: null) => Promise<Result<null, CommandFailure>>;
  /** Cuts what is in flight at it and closes what is idle; it stays in rotation. */
  dropConnections: (argument: BackendKey) => Promise<Result<null, CommandFailure>>;
  probeNow: (argument: BackendKey) => Promise<Result<null, CommandFailure>>;
  /** What a probe with these settings gets right now; the backend's health stays as it is. */
  tryProbe: (
    argument: BackendKey & { readonly healthCheck: HealthCheckConfig },
  ) => Promise<Result<ProbeTrial, CommandFailure>>;
  /** Of one backend alone where it is named; the pool's own percentiles and seconds stay then. */
  resetCounters: (argument: {
    readonly pool: string;
    readonly backend?: string | undefined;
  }) => Promise<Result<null, CommandFailure>>;
  snapshot: (argument: null) => Promise<Snapshot>;
  /** In the order of the snapshot. */
  durations: (argument: null) => Promise<readonly BackendDurations[]>;
  /** The newest exchanges, newest last. */
  exchanges: (argument: { readonly limit: number }) => Promise<readonly ExchangeRecord[]>;
  /** One of them in full; `refused` when it is older than those that are remembered. */
  exchange: (argument: { readonly id: number }) => Promise<Result<ExchangeDetail, CommandFailure>>;
  /** What the log holds of a pool, to be replayed. */
  recording: (argument: { readonly pool: string }) => Promise<Result<Recording, CommandFailure>>;
  /** Those of them that are still remembered, in their order. */
  exchangesInFull: (argument: { readonly ids: readonly number[] }) => Promise<readonly ExchangeDetail[]>;
  /** Whether the beginnings of bodies are kept, of what goes to this pool from now on. */
  setCapture: (argument: {
    readonly pool: string;
    readonly isOn: boolean;
  }) => Promise<Result<null, CommandFailure>>;
  /** Once more through the listener it came through. @returns the id of the new one, once it has ended */
  sendAgain: (argument: {
    readonly id: number;
    /** Where its listener lets a request choose; null for whichever the policy picks. */
    readonly backend: string | null;
  }) => Promise<Result<{ readonly id: number }, CommandFailure>>;
  /** Whether batches bring the log. @returns what it holds when it begins to be shown, newest last */
  showLog: (argument: { readonly isShown: boolean }) => Promise<readonly ExchangeLine[]>;
  /** Batches flow four times a second while watched; the snapshot is what the first one builds on. */
  watch: (argument: null) => Promise<Snapshot>;
  unwatch: (argument: null) => Promise<null>;
  /** Stops accepting, lets what is in flight finish within the limit, cuts the rest. Called again, it cuts earlier. */
  stop: (argument: { readonly graceMs: number }) => Promise<null>;
}

/** What the engine says without being asked. */
export interface EnginePushes {
  batch: Batch;
  /** A change of structure (config applied, balancer switched) while watched: start again from this. */
  snapshot: Snapshot;
  event: EngineEvent;
}

export type EnginePush = {
  readonly [P in keyof EnginePushes]: { readonly push: P; readonly payload: EnginePushes[P] };
}[keyof EnginePushes];

export type EngineListener = (push: EnginePush) => void;

/** What each call takes; spelt out so that a call and its argument stay a pair across the thread. */
export type EngineArguments = { readonly [C in keyof EngineCalls]: Parameters<EngineCalls[C]>[0] };

/** Host to worker. */
export interface CallMessage<C extends keyof EngineCalls = keyof EngineCalls> {
  readonly id: number;
  readonly call: C;
  readonly argument: EngineArguments[C];
}

/** Worker to host. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'push'; readonly body: EnginePush };
