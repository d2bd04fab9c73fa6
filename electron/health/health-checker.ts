import type { BackendConfig } from '../../shared/config.ts';
import { formatDuration } from '../../shared/duration.ts';
import type { HealthCause } from '../../shared/health-cause.ts';
import { type HealthStatus, NOT_CHECKED, PROBES_KEPT, type ProbeRecord } from '../../shared/snapshot.ts';
import type { Clock } from '../system/clock.ts';
import type { Probe, ProbeResult, RunningProbe } from './probe.ts';
import { afterFailure, afterProbe, type HealthState, INITIAL_HEALTH } from './transition.ts';

/** How old the last probe has to be for a suspicion to cause another. */
const SUSPICION_MS = 250;

export interface HealthObserver {
  onProbe(record: ProbeRecord): void;
  onChange(status: HealthStatus, previous: HealthStatus): void;
}

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

  /** @param parts.random from 0 up to, but not including, 1 */
  constructor(
    backend: BackendConfig,
    parts: { clock: Clock; probe: Probe; random: () => number; observer: HealthObserver },
  ) {
    this.#backend = backend;
    this.#clock = parts.clock;
    this.#probe = parts.probe;
    this.#random = parts.random;
    this.#observer = parts.observer;
    this.#status = { health: 'unknown', reason: this.isOff ? NOT_CHECKED : '', since: parts.clock.now() };
  }

  get status(): HealthStatus {
    return this.#status;
  }

  /** Oldest first, the last `PROBES_KEPT`. */
  get probes(): readonly ProbeRecord[] {
    return this.#probes;
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
    if (!this.#isStarted || this.isOff) return;
    const wasDown = this.#status.health === 'down';
    this.#become(afterFailure(), words, cause);
    if (wasDown || this.#running || this.#backend.healthCheck.downInterval === undefined) return;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(this.#intervalMs(), () => this.#run());
  }

  #run(): void {
    this.#cancelTimer?.();
    const startedAt = this.#clock.now();
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
    const { interval, downInterval = interval } = this.#backend.healthCheck;
    return this.#status.health === 'down' ? downInterval : interval;
  }

  /** Spread evenly around none, so that backends that joined together are not probed together for ever. */
  #jitterMs(): number {
    return (this.#random() * 2 - 1) * (this.#backend.healthCheck.jitter ?? 0);
  }

  #take(result: ProbeResult, when: Pick<ProbeRecord, 'at' | 'durationMs'>): void {
    const { hasPassed } = result;
    const cause = hasPassed ? null : result.cause;
    const words = result.words + this.#haste(result, when.durationMs);
    const record = { ...when, passed: hasPassed, words, ...(cause && { cause }) };
    this.#probes.push(record);
    if (this.#probes.length > PROBES_KEPT) this.#probes.shift();
    this.#observer.onProbe(record);
    this.#become(afterProbe(this.#state, hasPassed, this.#backend.healthCheck), words, cause);
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
    if (!hasChanged && (state.streak > 0 || reason === previous.reason)) return;
    const since = hasChanged ? this.#clock.now() : previous.since;
    this.#status = { health: state.health, reason, since, ...(cause && { cause }) };
    if (hasChanged) this.#observer.onChange(this.#status, previous);
  }
}
