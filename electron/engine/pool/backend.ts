import type { BackendConfig } from '../../../shared/config/config.ts';
import { type HealthCause, mayRespond } from '../../../shared/view/health-cause.ts';
import type { AdminState, Ejection, ForcedHealth, Health } from '../../../shared/view/snapshot.ts';
import type { Candidate } from '../balancing/policy.ts';
import { SlowStart } from './slow-start.ts';

/** In the order in which they are tried. */
export const LAST_RESORTS = ['down', 'ejected'] as const;
export type LastResort = (typeof LAST_RESORTS)[number];

/** What a backend has from its pool's config, milliseconds. */
export interface BackendTimes {
  /** How long an unused connection to it is kept. */
  readonly keepAliveMs: number;
  /** How long its weight ramps up after it was out; 0 for not at all. */
  readonly slowStartMs: number;
}

/** Why its checks or traffic have taken a backend down. */
export interface DownReason {
  /** `connection refused`. */
  readonly words: string;
  readonly cause: HealthCause;
}

/** One origin in one pool, for as long as it is in the config: a changed weight or check keeps it. */
export class Backend implements Candidate {
  readonly pool: string;
  config: BackendConfig;
  times: BackendTimes;
  admin: AdminState = 'enabled';
  health: Health = 'unknown';
  /** Null while it is not down. */
  down: DownReason | null = null;
  forced: ForcedHealth = null;
  /** Out for a time, by what traffic got from it; null when it is not. */
  ejection: Ejection | null = null;
  /** Milliseconds since the epoch, when what is in flight is cut; null unless it drains. */
  drainEndsAt: number | null = null;
  inFlight = 0;
  /** Taken out of the config: what is in flight finishes, no connection is kept. */
  hasLeft = false;
  /** Whether it may be picked all the same, because nothing better is left; its pool says so for the time of one pick. */
  isLastResort = false;
  readonly slowStart: SlowStart;

  /** @param now milliseconds since the epoch */
  constructor(pool: string, config: BackendConfig, times: BackendTimes, now: () => number) {
    this.pool = pool;
    this.config = config;
    this.times = times;
    this.slowStart = new SlowStart(now);
  }

  get name(): string {
    return this.config.name;
  }

  get share(): number {
    return this.slowStart.share;
  }

  get weight(): number {
    return this.config.weight * this.slowStart.share;
  }

  /** It was out, for whatever reason, and serves again. */
  comeBack(): void {
    this.slowStart.begin(this.times.slowStartMs);
  }

  /** The one place that decides whether requests may come here. */
  isAvailable(): boolean {
    return this.whyNot() === null;
  }

  /** Why requests may not come here, the user's word first; null when they may. */
  whyNot(): 'disabled' | 'draining' | 'forced-down' | 'down' | 'ejected' | 'full' | null {
    if (this.admin !== 'enabled') return this.admin;
    if (this.forced === 'down') return 'forced-down';
    if (this.forced === null && !this.isLastResort) {
      if (this.health === 'down') return 'down';
      if (this.ejection !== null) return 'ejected';
    }
    return this.inFlight >= (this.config.maxConnections ?? Number.POSITIVE_INFINITY) ? 'full' : null;
  }

  /**
   * What a request can hope for here while its pool has no backend available: `down` by its checks alone, but it may
   * respond; `ejected` for what traffic got from it, which comes second. Null where the user has decided, or where
   * nothing would respond.
   */
  get lastResort(): LastResort | null {
    if (this.admin !== 'enabled' || this.forced !== null) return null;
    if (this.health === 'down' && (this.down === null || !mayRespond(this.down.cause))) return null;
    if (this.ejection !== null) return 'ejected';
    return this.health === 'down' ? 'down' : null;
  }
}
