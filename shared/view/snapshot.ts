import type { HealthCheckConfig } from '../config/health-check-schema.ts';
import type { PolicyName } from '../config/policies.ts';
import type { RouteSettings } from '../config/route-schema.ts';
import type { ActiveFault } from './active-fault.ts';
import type { EngineEvent } from './engine-event.ts';
import type { LogBatch } from './exchange-record.ts';
import type { HealthCause } from './health-cause.ts';
import type { Incident } from './incident.ts';
import type { RefusalCode } from './refusal.ts';

/** What the checks say. `unknown` until the first probe answers, or when there are none; such a backend is used. */
export type Health = 'unknown' | 'up' | 'down';

/** What the user says. `disabled` cuts what is in flight; `draining` lets it finish. */
export type AdminState = 'enabled' | 'draining' | 'disabled';

/** A backend everywhere outside the engine: its pool's name and its own. */
export interface BackendKey {
  readonly pool: string;
  readonly backend: string;
}

export interface ProbeRecord {
  /** Milliseconds since the epoch, when the probe went out. */
  readonly at: number;
  readonly passed: boolean;
  readonly durationMs: number;
  /** `HEAD / → 200`, `connection refused`, `no answer within 1s`. */
  readonly words: string;
  /** Why it failed; absent when it passed. */
  readonly cause?: HealthCause;
}

/** The reason of a health that nobody looks after: checks are off. */
export const NOT_CHECKED = 'not checked';

/** What a probe gets right now, for somebody who wants to know. */
export interface ProbeTrial {
  readonly passed: boolean;
  readonly words: string;
  /** Why it failed; absent when it passed. */
  readonly cause?: HealthCause;
  readonly durationMs: number;
  /** A path that would pass in place of `/`. */
  readonly suggestedPath?: string;
  /** Of the last answer of an HTTP probe. */
  readonly status?: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Its first KiB, read as UTF-8. */
  readonly bodyStart?: string;
}

/** Why health is what it is. */
export interface HealthStatus {
  readonly health: Health;
  /** `HEAD / → 200` or `connection refused`; while unknown, empty or `NOT_CHECKED`. */
  readonly reason: string;
  /** Why it is down, for code; absent while it is not. */
  readonly cause?: HealthCause;
  /** Its last probe had no response in time, but it serves requests: health stays what it was. Absent while it is not. */
  readonly busy?: Busy;
  /** Milliseconds since the epoch, of the last change. */
  readonly since: number;
}

/** A backend that is too busy to respond to its probes. */
export interface Busy {
  /** `no answer within 1s; busy with 3 requests`. */
  readonly reason: string;
  /** Milliseconds since the epoch, when the first of these probes went out. */
  readonly since: number;
}

/** Why a backend is out for a time, by what traffic got from it. */
export interface Ejection {
  /** `5 failures in a row`. */
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** What the user says the health is, whatever the checks say; null leaves it to them. */
export type ForcedHealth = 'up' | 'down' | null;

/** All that decides whether requests may come to a backend, and how many: as it is at one moment. */
export interface BackendStanding {
  readonly admin: AdminState;
  /** What the checks say, also while it is forced. */
  readonly health: HealthStatus;
  readonly forced: ForcedHealth;
  readonly ejection: Ejection | null;
  /** Milliseconds since the epoch, when what is still in flight will be cut; null unless it drains. */
  readonly drainEndsAt: number | null;
  /** While its weight ramps up, because it has just come back; null otherwise. */
  readonly slowStart: SlowStartWindow | null;
  /** What is simulated to be wrong with it; empty for nothing. */
  readonly faults: readonly ActiveFault[];
  /** What has gone wrong with it and is not over yet; null while all is well. */
  readonly incident: Incident | null;
}

/** Milliseconds since the epoch. */
export interface SlowStartWindow {
  readonly since: number;
  readonly until: number;
}

/** Counts since the last reset. Probes are never counted. */
export interface BackendCounters {
  /** Attempts sent to this backend. */
  readonly requests: number;
  readonly inFlight: number;
  /** Answers by status class: index 0 is 1xx (101 only), 4 is 5xx. */
  readonly byClass: readonly [number, number, number, number, number];
  /** Attempts that ended without a whole answer, by the backend's doing. */
  readonly errors: number;
  /** Bytes received from clients and sent to this backend, and the other way round. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Request sent to last byte of the answer, milliseconds; null before the first answer. */
  readonly latency: LatencySummary | null;
}

export interface LatencySummary {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface BackendSnapshot extends BackendStanding {
  readonly name: string;
  readonly url: string;
  /** As in the config; what counts while it starts slowly is less. */
  readonly weight: number;
  /** Serves only while none of the others can. */
  readonly isBackup: boolean;
  /** Null for no limit. */
  readonly maxConnections: number | null;
  /** Oldest first, 60 at most. */
  readonly probes: readonly ProbeRecord[];
  readonly counters: BackendCounters;
}

export interface PoolSnapshot {
  readonly name: string;
  readonly policy: PolicyName;
  /** The pool's own; a backend may have settings on top. Durations in milliseconds. */
  readonly healthCheck: HealthCheckConfig;
  readonly backends: readonly BackendSnapshot[];
  /** Whether the beginnings of bodies are kept. */
  readonly isCaptured: boolean;
  /** What happens when the checks have taken every backend down; see `PoolConfig.whenAllDown`. */
  readonly whenAllDown: 'try' | 'refuse';
  /** Whether that is so now, and requests are tried at those that may still respond. */
  readonly isTryingAnyway: boolean;
  /** Requests tried that way, since the last reset. */
  readonly triedAnyway: number;
  /** Requests answered 503 because no backend was available. */
  readonly unavailable: number;
  /** Requests that wait for a backend to be free. */
  readonly waiting: number;
  /** Over all backends, since the last reset. */
  readonly latency: LatencySummary | null;
}

export type ListenerState =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ListenerSnapshot {
  readonly name: string;
  readonly defaultPool: string;
  /** As in the config: `:8080`. */
  readonly address: string;
  /** What to open in a browser: `http://localhost:8080`. */
  readonly url: string;
  readonly isReachableFromNetwork: boolean;
  /** What it speaks https with; null for plain http. */
  readonly tls: ListenerTls | null;
  /** Whether a request may choose its backend, and what goes wrong with it. */
  readonly isRehearsal: boolean;
  /** In the order of the config. */
  readonly routes: readonly RouteSnapshot[];
  readonly state: ListenerState;
  /** Error responses of Switchyard's own since the listener was added, by cause. */
  readonly refusals: readonly RefusalCount[];
  /** Clients that did not complete the TLS handshake; 0 for plain http. */
  readonly handshakeFailures: number;
}

/** How often a listener refused requests for one cause. */
export interface RefusalCount {
  readonly code: RefusalCode;
  readonly status: number;
  readonly count: number;
}

export interface ListenerTls {
  /** By Switchyard, or else the user's own. */
  readonly isSelfSigned: boolean;
  /** Absolute, for whoever wants to trust it. */
  readonly certificatePath: string;
  /** SHA-256, as `openssl x509 -fingerprint` writes it. */
  readonly fingerprint: string;
}

export interface RouteSnapshot {
  /** What to open in a browser; null when every host below a name will do. */
  readonly url: string | null;
  /** `users.localhost`, `/users`, `*.shop.localhost/api`. */
  readonly match: string;
  /** Null when it answers by itself. */
  readonly pool: string | null;
  /** `users`, `redirect to /new`, `answers 200`. */
  readonly target: string;
  /** Every default filled in, for what edits it and for what says where a request would go. */
  readonly settings: RouteSettings;
}

/** One second of one pool, for the chart. Columns follow `backends`. */
export interface SecondBucket {
  /** Seconds since the epoch. */
  readonly second: number;
  readonly pool: string;
  /** Names of the backends that had traffic in this second, sorted. */
  readonly backends: readonly string[];
  readonly requests: readonly number[];
  readonly errors: readonly number[];
  /** Of the whole pool in this second; null without answers. */
  readonly latency: LatencySummary | null;
}

/** A WebSocket or another upgraded connection that is open. */
export interface TunnelSnapshot {
  /** In the order they opened. */
  readonly id: number;
  /** Milliseconds since the epoch, when the client asked for it. */
  readonly at: number;
  readonly pool: string;
  readonly backend: string;
  readonly client: string;
  readonly target: string;
  /** As agreed on: `websocket`. */
  readonly protocol: string;
  /** After the switch, from the client and to it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Those that opened last; and how many there are. */
export interface OpenTunnels {
  readonly count: number;
  /** Newest first, `TUNNELS_SHOWN` at most. */
  readonly newest: readonly TunnelSnapshot[];
}

/** The whole state at one instant. */
export interface Snapshot {
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether the balancer is switched on. */
  readonly isRunning: boolean;
  readonly listeners: readonly ListenerSnapshot[];
  readonly pools: readonly PoolSnapshot[];
  /** Oldest first; seconds without traffic are left out. */
  readonly seconds: readonly SecondBucket[];
  /**
   * Seconds since the epoch: the first this snapshot speaks of. What a watcher has from before still holds, and is not
   * sent again; 0 when nothing does.
   */
  readonly secondsFrom: number;
  /** Newest last, 200 at most. */
  readonly events: readonly EngineEvent[];
  readonly tunnels: OpenTunnels;
}

/** Of an engine that has never been seen. */
export const NO_SNAPSHOT: Snapshot = {
  seq: 0,
  at: 0,
  isRunning: false,
  listeners: [],
  pools: [],
  seconds: [],
  secondsFrom: 0,
  events: [],
  tunnels: { count: 0, newest: [] },
};

/** What changed since the batch or snapshot with `seq - 1`. Sent four times a second while somebody looks. */
export interface Batch {
  readonly seq: number;
  readonly at: number;
  readonly counters: readonly (BackendKey & { readonly counters: BackendCounters })[];
  readonly standings: readonly (BackendKey & {
    /** Null when it has not changed. */
    readonly standing: BackendStanding | null;
    /** Probes that ended since the last batch. */
    readonly newProbes: readonly ProbeRecord[];
  })[];
  readonly pools: readonly {
    readonly name: string;
    readonly isTryingAnyway: boolean;
    readonly triedAnyway: number;
    readonly unavailable: number;
    readonly waiting: number;
    readonly latency: LatencySummary | null;
  }[];
  readonly seconds: readonly SecondBucket[];
  readonly events: readonly EngineEvent[];
  readonly tunnels: OpenTunnels;
  /** Null while the log is not shown. */
  readonly log: LogBatch | null;
}

/** A probe keeps this many of its predecessors, an engine this many events. */
export const PROBES_KEPT = 60;
export const EVENTS_KEPT = 200;
/** Fifteen minutes for who watches; who asks for the state once gets the newest five of them. */
export const SECONDS_KEPT = 900;
export const SECONDS_IN_STATE = 300;
export const TUNNELS_SHOWN = 20;
