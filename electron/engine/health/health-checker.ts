import type { BackendConfig } from '../../../shared/config/config.ts';
import { formatDuration } from '../../../shared/config/duration.ts';
import { type HealthCause, mayBeRestarting } from '../../../shared/view/health-cause.ts';
import {
  type HealthStatus,
  NOT_CHECKED,
  PROBES_KEPT,
  type ProbeRecord,
} from '../../../shared/view/snapshot.ts';
import type { Clock } from '../system/clock.ts';
import type { Probe, ProbeResult, RunningProbe } from './probe.ts';
import { afterFailure, afterProbe, type HealthState, INITIAL_HEALTH } from './transition.ts';

/** How old the last probe has to be for a suspicion to cause another. */
const SUSPICION_MS = 250;

export interface HealthObserver {
  onProbe(record: ProbeRecord): void;
  onChange(status: HealthStatus, previous: HealthStatus): void;
  /** Health is what it was, but for another reason; also when it begins or ends to be busy. */
  onReason(status: HealthStatus, previous: HealthStatus): void;
  /** Checks are off, and traffic could not reach it. */
  onUnreachable(words: string, cause: HealthCause): void;
}

/** What a backend does for requests. */
export interface BackendWork {
  /** Requests it serves right now. */
  inFlight(): number;
  /** A number that changes whenever it responds with something. */
  progress(): number;
}

/** A backend that serves requests, but responds to nothing, is busy for so many timeouts of a probe; then it is down. */
const BUSY_TIMEOUTS = 10;
/** One that may just be restarting is probed this often, for this long. */
const AWAY_INTERVAL_MS = 250;
const AWAY_MS = 10_000;

const BUSY: HealthCause = { kind: 'busy' };

/** Checks one backend: a probe at once or after a delay, then one every interval, never two at a time. */
export class HealthChecker {
  readonly #clock: Clock;
  readonly #probe: Probe;
  readonly #random: () => number;
  readonly #observer: HealthObserver;
  #backend: BackendConfig;
  #state: HealthState = INITIAL_HEALTH;
  #status: HealthStatus;
  readonly #probes: ProbeRecord[] = [];
  #running: RunningProbe | null = null;
  #cancelTimer: (() => void) | null = null;
  #isStarted = false;
  readonly #work: BackendWork;
  #progress = 0;
  /** When it was last seen to respond to anything. */
  #aliveAt: number;

  /** @param parts.random from 0 up to, but not including, 1 */
  constructor(
    backend: BackendConfig,
    parts: { clock: Clock; probe: Probe; random: () => number; observer: HealthObserver; work: BackendWork },
  ) {
    this.#backend = backend;
    this.#clock = parts.clock;
    this.#probe = parts.probe;
    this.#random = parts.random;
    this.#observer = parts.observer;
    this.#work = parts.work;
    this.#aliveAt = parts.clock.now();
    this.#status = { health: 'unknown', reason: this.isOff ? NOT_CHECKED : '', since: parts.clock.now() };
  }

  get status(): HealthStatus {
    return this.#status;
  }

  /** Oldest first, the last `PROBES_KEPT`. */
  get probes(): readonly ProbeRecord[] {
    return this.#probes;
  }

  get isProbing(): boolean {
    return this.#running !== null;
  }

  /** Whether the backend is not checked at all. */
  get isOff(): boolean {
    return this.#backend.healthCheck.type === 'off';
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    if (this.isOff) return;
    const { startDelay = 0 } = this.#backend.healthCheck;
    if (startDelay === 0) this.#run();
    else this.#cancelTimer = this.#clock.after(startDelay, () => this.#run());
  }

  stop(): void {
    this.#isStarted = false;
    this.#cancelTimer?.();
    this.#running?.cancel();
    this.#running = null;
  }

  /** A probe now instead of at the end of the interval; one that is under way is waited for. */
  probeNow(): void {
    if (!this.#running && this.#isStarted && !this.isOff) this.#run();
  }

  /** Traffic lost a connection, which may be the request's doing: a probe decides, at most four a second. */
  suspect(): void {
    const last = this.#probes.at(-1);
    if (last === undefined || this.#clock.now() - last.at >= SUSPICION_MS) this.probeNow();
  }

  /**
   * New settings hold from the next probe on, which goes out at once; health and history stay. Only where checks are
   * switched off or on, health is unknown anew.
   */
  update(backend: BackendConfig): void {
    const wasOff = this.isOff;
    this.#backend = backend;
    if (this.isOff) {
      this.#cancelTimer?.();
      this.#running?.cancel();
      this.#running = null;
      this.#become(INITIAL_HEALTH, NOT_CHECKED);
    } else if (wasOff) this.#become(INITIAL_HEALTH, '');
    this.probeNow();
  }

  /**
   * Traffic could not reach the backend: down at once; the next probe goes out when it would have, or after the interval
   * for those that are down where that has one of its own. Without probes nothing would ever take it up again, so then
   * it stays as it is.
   */
  reportFailure(words: string, cause: HealthCause): void {
    if (!this.#isStarted) return;
    if (this.isOff) {
      this.#observer.onUnreachable(words, cause);
      return;
    }
    const wasDown = this.#status.health === 'down';
    this.#become(afterFailure(), words, cause);
    const { interval } = this.#backend.healthCheck;
    const waitMs = this.#intervalMs();
    if (wasDown || this.#running || waitMs === interval) return;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(waitMs, () => this.#run());
  }

  #run(): void {
    this.#cancelTimer?.();
    const startedAt = this.#clock.now();
    this.#progress = this.#work.progress();
    const running = this.#probe(this.#backend);
    this.#running = running;
    void running.result.then((result) => {
      if (this.#running !== running) return;
      this.#running = null;
      this.#take(result, { at: startedAt, durationMs: running.durationMs() });
      // An observer may have stopped this checker, or asked for a probe already.
      if (!this.#isStarted || this.#running) return;
      // A wall clock that is set back must not put the next probe off.
      const elapsedMs = Math.max(0, this.#clock.now() - startedAt);
      const waitMs = Math.max(0, this.#intervalMs() + this.#jitterMs() - elapsedMs);
      this.#cancelTimer = this.#clock.after(waitMs, () => this.#run());
    });
  }

  #intervalMs(): number {
    const { interval, downInterval } = this.#backend.healthCheck;
    const { health, cause, since } = this.#status;
    if (health !== 'down') return interval;
    if (downInterval !== undefined) return downInterval;
    const isJustAway = cause !== undefined && mayBeRestarting(cause) && this.#clock.now() - since < AWAY_MS;
    return isJustAway ? Math.min(AWAY_INTERVAL_MS, interval) : interval;
  }

  /** Spread evenly around none, so that backends that joined together are not probed together for ever. */
  #jitterMs(): number {
    return (this.#random() * 2 - 1) * (this.#backend.healthCheck.jitter ?? 0);
  }

  #take(result: ProbeResult, when: Pick<ProbeRecord, 'at' | 'durationMs'>): void {
    const { hasPassed } = result;
    const isBusy = this.#isBusy(result, when.at);
    const cause = hasPassed ? null : isBusy ? BUSY : result.cause;
    const words = result.words + (isBusy ? this.#load() : this.#haste(result, when.durationMs));
    const record = { ...when, passed: hasPassed, words, ...(cause && { cause }) };
    this.#probes.push(record);
    if (this.#probes.length > PROBES_KEPT) this.#probes.shift();
    this.#observer.onProbe(record);
    if (isBusy) {
      this.#becomeBusy(words, when.at);
      return;
    }
    // No file or port was left for the probe: it says nothing of the backend.
    if (cause?.kind === 'local') return;
    this.#become(afterProbe(this.#state, hasPassed, this.#backend.healthCheck), words, cause);
  }

  /**
   * Whether the probe had no response only because the backend has its hands full: it serves requests, and it has responded
   * to something not long ago. One that was down already stays so.
   */
  #isBusy(result: ProbeResult, startedAt: number): boolean {
    const now = this.#clock.now();
    const progress = this.#work.progress();
    const hasProgressed = progress !== this.#progress;
    if (hasProgressed) this.#aliveAt = now;
    if (result.hasPassed || result.answer) this.#aliveAt = startedAt;
    if (result.hasPassed || result.cause.kind !== 'timeout' || this.#state.health === 'down') return false;
    if (!hasProgressed && this.#work.inFlight() === 0) return false;
    return now - this.#aliveAt < BUSY_TIMEOUTS * this.#backend.healthCheck.timeout;
  }

  #load(): string {
    const count = this.#work.inFlight();
    return count === 0 ? '; busy' : `; busy with ${count} ${count === 1 ? 'request' : 'requests'}`;
  }

  #becomeBusy(reason: string, since: number): void {
    const previous = this.#status;
    this.#status = { ...previous, busy: { reason, since: previous.busy?.since ?? since } };
    if (!previous.busy) this.#observer.onReason(this.#status, previous);
  }

  /** What to say of an answer that takes longer than the time between two probes. */
  #haste({ hasPassed, answer }: ProbeResult, durationMs: number): string {
    const { interval } = this.#backend.healthCheck;
    if (durationMs <= interval || !(hasPassed || answer)) return '';
    return `; it took ${formatDuration(Math.round(durationMs))}, longer than the interval of ${formatDuration(interval)}`;
  }

  /** @param cause of a failure; null for none */
  #become(state: HealthState, reason: string, cause: HealthCause | null = null): void {
    const previous = this.#status;
    const hasChanged = state.health !== previous.health;
    this.#state = state;
    // While one result speaks against it, health keeps the reason it has.
    if (!hasChanged && (state.streak > 0 || (reason === previous.reason && !previous.busy))) return;
    const since = hasChanged ? this.#clock.now() : previous.since;
    this.#status = { health: state.health, reason, since, ...(cause && { cause }) };
    if (hasChanged) this.#observer.onChange(this.#status, previous);
    else this.#observer.onReason(this.#status, previous);
  }
}
