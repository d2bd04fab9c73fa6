import type { BackendConfig } from '../../shared/config.ts';
import type { AdminState, Ejection, Health } from '../../shared/snapshot.ts';
import type { Candidate } from '../balancing/policy.ts';

/** One origin in one pool, for as long as it is in the config: a changed weight or check keeps it. */
export class Backend implements Candidate {
  readonly pool: string;
  config: BackendConfig;
  admin: AdminState = 'enabled';
  health: Health = 'unknown';
  /** Out for a time, by what traffic got from it; null when it is not. */
  ejection: Ejection | null = null;
  inFlight = 0;
  /** Taken out of the config: what is in flight finishes, no connection is kept. */
  hasLeft = false;
  /** How long an unused connection to it is kept; the pool's `timeouts.keepAlive`. */
  keepAliveMs: number;

  constructor(pool: string, config: BackendConfig, keepAliveMs: number) {
    this.pool = pool;
    this.config = config;
    this.keepAliveMs = keepAliveMs;
  }

  get name(): string {
    return this.config.name;
  }

  get weight(): number {
    return this.config.weight;
  }

  /** The one place that decides whether requests may come here. */
  isAvailable(): boolean {
    return this.whyNot() === null;
  }

  /** Why requests may not come here, the user's word first; null when they may. */
  whyNot(): 'disabled' | 'draining' | 'down' | 'ejected' | 'full' | null {
    if (this.admin !== 'enabled') return this.admin;
    if (this.health === 'down') return 'down';
    if (this.ejection !== null) return 'ejected';
    return this.inFlight >= (this.config.maxConnections ?? Number.POSITIVE_INFINITY) ? 'full' : null;
  }
}
