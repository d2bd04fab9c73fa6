import type { BackendConfig, PoolConfig } from '../../../shared/config/config.ts';
import type { BackendDurations } from '../../../shared/config/durations.ts';
import { mayBeRestarting } from '../../../shared/view/health-cause.ts';
import type { BackendSnapshot, PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { systemSources } from '../balancing/sources.ts';
import type { BackendFaults } from '../faults/backend-faults.ts';
import type { HealthChecker } from '../health/health-checker.ts';
import type { OutlierDetector } from '../health/outlier-detector.ts';
import { Backend, type BackendTimes } from '../pool/backend.ts';
import { Pool } from '../pool/pool.ts';
import { BackendStats, LatencyHistogram } from '../stats/backend-stats.ts';
import { SecondSeries } from '../stats/second-series.ts';
import { systemClock } from '../system/clock.ts';
import type { IncidentTracker } from './incident-tracker.ts';
import { standingOf } from './standing.ts';

/** Time between two looks for a backend that requests are held for. */
const HELD_LOOK_MS = 250;
/** Longest that a request waits for a probe which looks whether a backend is back. */
const LOOK_MS = 1_000;
/** Time between two such looks: requests ask for them. */
const LOOK_GAP_MS = 40;

/** A backend with all that watches it. */
export interface Member {
  readonly backend: Backend;
  readonly checker: HealthChecker;
  readonly faults: BackendFaults;
  readonly incidents: IncidentTracker;
  readonly stats: BackendStats;
  /** Probes that have ended, ever. */
  probesEnded: number;
}

export interface MemberLife {
  /** A checker for a backend that has just joined, not started yet. */
  createChecker(member: Omit<Member, 'checker'>): HealthChecker;
  /** Those of a backend that has just joined: none yet. */
  createFaults(backend: Backend, incidents: IncidentTracker): BackendFaults;
  createIncidents(backend: Backend): IncidentTracker;
  /** The backend has left the pool; what is in flight there finishes. */
  left(member: Member): void;
  /** One for each pool; it watches nobody yet. */
  /** The pool tries requests at backends that are down from now on, or no longer. @param requests so many while it did */
  triesAnyway(pool: string, isOn: boolean, requests: number): void;
  createOutlierDetector(incidentsOf: (backend: Backend) => IncidentTracker | undefined): OutlierDetector;
}

/** A pool with its members and figures, for as long as its name is in the config. */
export class PoolRuntime {
  readonly pool: Pool;
  readonly series: SecondSeries;
  readonly latency = new LatencyHistogram();
  unavailable = 0;
  readonly outliers: OutlierDetector;
  #members: readonly Member[] = [];
  #heldTimer: NodeJS.Timeout | null = null;
  #lookTimer: NodeJS.Timeout | null = null;
  /** On `performance.now`'s clock. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  #wasTryingAnyway = false;
  /** `Pool.triedAnyway` at the last reset, and when it began to try. */
  #triedAtReset = 0;
  #triedAtBegin = 0;
  readonly #life: MemberLife;

  constructor(config: PoolConfig, life: MemberLife) {
    this.#life = life;
    this.pool = new Pool(config, systemSources());
    this.series = new SecondSeries(config.name);
    this.outliers = life.createOutlierDetector(
      (backend) => this.#members.find((member) => member.backend === backend)?.incidents,
    );
    this.update(config);
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  member(name: string): Member | undefined {
    return this.#members.find((member) => member.backend.config.name === name);
  }

  /** Backends with the same name and URL stay as they are, with counters, health and connections. */
  update(config: PoolConfig): void {
    const previous = this.#members;
    this.#members = config.backends.map(
      (one) => this.#keep(previous, one, config) ?? this.#join(one, config),
    );
    for (const member of previous) if (!this.#members.includes(member)) this.#leave(member);
    const backends = this.#members.map((member) => member.backend);
    this.pool.update(config, backends);
    this.outliers.update(config.outliers, backends);
    this.availabilityChanged();
  }

  /** Requests wait for a backend to be back: it is looked for more often until none of them waits any more. */
  requestHeld(): void {
    this.#heldTimer ??= setTimeout(() => {
      this.#heldTimer = null;
      if (this.pool.held.length === 0) return;
      for (const { backend, checker } of this.#members) if (backend.health === 'down') checker.probeNow();
      // Without checks, a request has to find out.
      this.pool.wake();
      this.requestHeld();
    }, HELD_LOOK_MS);
  }

  /** Which backends are available may be different now: whoever waits in the pool tries. */
  availabilityChanged(): void {
    this.pool.wake();
    const { isTryingAnyway, triedAnyway } = this.pool;
    if (isTryingAnyway === this.#wasTryingAnyway) return;
    this.#wasTryingAnyway = isTryingAnyway;
    if (isTryingAnyway) this.#triedAtBegin = triedAnyway;
    this.#life.triesAnyway(this.pool.name, isTryingAnyway, triedAnyway - this.#triedAtBegin);
  }

  /**
   * A request found nobody. Where a backend may just be restarting, it is probed again: on this machine a refusal takes less than a millisecond, and a restarted service is back the moment it listens.
   *
   * @returns whether such a look is under way: it ends by waking `Pool.looking`
   */
  look(): boolean {
    if (this.#lookTimer) return true;
    if (performance.now() - this.#lookedAt < LOOK_GAP_MS) return false;
    const away = this.#members.filter(isAway);
    if (away.length === 0) return false;
    this.#lookTimer = setTimeout(() => this.#endLook(), LOOK_MS);
    for (const { checker } of away) checker.probeNow();
    return true;
  }

  /** A probe has ended, and health says so already. */
  probeEnded(): void {
    if (this.#lookTimer && !this.#members.some((member) => isAway(member) && member.checker.isProbing))
      this.#endLook();
  }

  get triedAnyway(): number {
    return this.pool.triedAnyway - this.#triedAtReset;
  }

  #endLook(): void {
    if (this.#lookTimer) clearTimeout(this.#lookTimer);
    this.#lookTimer = null;
    this.#lookedAt = performance.now();
    this.pool.looking.wake();
  }

  stop(): void {
    if (this.#lookTimer) this.#endLook();
    if (this.#heldTimer) clearTimeout(this.#heldTimer);
    this.outliers.stop();
    for (const member of this.#members) this.#leave(member);
    this.#members = [];
  }

  reset(): void {
    this.unavailable = 0;
    this.#triedAtReset = this.pool.triedAnyway;
    this.latency.reset();
    this.series.reset();
    for (const member of this.#members) member.stats.reset();
  }

  snapshot(): Omit<PoolSnapshot, 'isCaptured'> {
    return {
      name: this.pool.name,
      policy: this.pool.config.policy.name,
      healthCheck: this.pool.config.healthCheck,
      backends: this.#members.map(snapshotOf),
      whenAllDown: this.pool.config.whenAllDown,
      isTryingAnyway: this.pool.isTryingAnyway,
      triedAnyway: this.triedAnyway,
      unavailable: this.unavailable,
      waiting: this.pool.waiting,
      latency: this.latency.summary(),
    };
  }

  durations(): BackendDurations[] {
    return this.#members.map(({ backend, stats }) => ({
      pool: this.pool.name,
      backend: backend.config.name,
      ...stats.durations.totals(),
    }));
  }

  #keep(members: readonly Member[], config: BackendConfig, pool: PoolConfig): Member | undefined {
    const member = members.find(
      ({ backend }) => backend.config.name === config.name && backend.config.origin.url === config.origin.url,
    );
    if (!member) return undefined;
    const { healthCheck, insecure, faults } = member.backend.config;
    const hasNewCheck =
      insecure !== config.insecure || JSON.stringify(healthCheck) !== JSON.stringify(config.healthCheck);
    member.backend.config = config;
    member.backend.times = timesOf(pool);
    if (JSON.stringify(faults) !== JSON.stringify(config.faults))
      member.faults.set(config.faults, Math.random);
    if (hasNewCheck) member.checker.update(config);
    return member;
  }

  #join(config: BackendConfig, pool: PoolConfig): Member {
    const backend = new Backend(pool.name, config, timesOf(pool), systemClock.now);
    const incidents = this.#life.createIncidents(backend);
    const faults = this.#life.createFaults(backend, incidents);
    faults.set(config.faults, Math.random);
    const joining = { backend, faults, incidents, stats: new BackendStats(), probesEnded: 0 };
    const member: Member = Object.assign(joining, { checker: this.#life.createChecker(joining) });
    member.checker.start();
    return member;
  }

  #leave(member: Member): void {
    member.checker.stop();
    member.faults.set([], Math.random);
    member.backend.hasLeft = true;
    this.#life.left(member);
  }
}

/** Whether it may just be restarting, and the user has not taken it out. */
function isAway({ backend }: Member): boolean {
  return (
    backend.down !== null &&
    mayBeRestarting(backend.down.cause) &&
    backend.admin === 'enabled' &&
    backend.forced === null
  );
}

function timesOf({ timeouts, slowStart }: PoolConfig): BackendTimes {
  return { keepAliveMs: timeouts.keepAlive, slowStartMs: slowStart };
}

function snapshotOf(member: Member): BackendSnapshot {
  const { backend, checker, stats } = member;
  return {
    name: backend.config.name,
    url: backend.config.origin.url,
    weight: backend.config.weight,
    isBackup: backend.config.backup,
    maxConnections: backend.config.maxConnections,
    ...standingOf(member),
    probes: checker.probes,
    counters: stats.counters(backend.inFlight),
  };
}
