import type { Worker } from 'node:worker_threads';
import type { CommandFailure, EngineStatus } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import type { Config } from '../../../shared/config/config.ts';
import type { ExchangeLine } from '../../../shared/view/exchange-record.ts';
import type { RunTally } from '../../../shared/view/run-tally.ts';
import { NO_SNAPSHOT, type Snapshot } from '../../../shared/view/snapshot.ts';
import { type Clock, systemClock } from '../system/clock.ts';
import type { ApplyFailure, EngineArguments, EngineCalls, EnginePush } from './engine-api.ts';
import { EventHistory } from './event-history.ts';
import { RestartPlan } from './restart-plan.ts';
import { ToldBackends } from './told-backends.ts';
import { type EngineAnswer, type Lost, unavailable, WorkerLink } from './worker-link.ts';

export interface HostEvents {
  onPush(push: EnginePush): void;
  onStatus(status: EngineStatus): void;
}

/** What `stop` waits for beyond the grace it gives the engine. */
const STOP_MARGIN_MS = 1_000;

/**
 * Main's handle on the engine's thread: starts it, passes calls across, and when it dies starts another with the
 * same config, the same switched-off backends and the same on/off switch.
 */
export class EngineHost {
  readonly #spawn: () => Worker;
  readonly #events: HostEvents;
  readonly #clock: Clock;
  readonly #history = new EventHistory();
  readonly #plan = new RestartPlan();
  readonly #told = new ToldBackends();
  /** Who waits for the engine to be running, or given up. */
  readonly #waiting: (() => void)[] = [];
  #link: WorkerLink | null = null;
  #status: EngineStatus = { kind: 'starting' };
  #config: Config | null = null;
  #isRunning = true;
  #isWatched = false;
  #isLogShown = false;
  #isStopping = false;
  #lastSnapshot: Snapshot | null = null;
  #cancelRestart: (() => void) | null = null;
  #startedAt = 0;

  constructor(spawn: () => Worker, events: HostEvents, clock: Clock = systemClock) {
    this.#spawn = spawn;
    this.#events = events;
    this.#clock = clock;
  }

  get status(): EngineStatus {
    return this.#status;
  }

  /** The state as last seen whole; the best there is while the engine is away. */
  get lastSnapshot(): Snapshot | null {
    return this.#lastSnapshot;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Resolves when the engine can be called, or has been given up: `status` tells. */
  async start(): Promise<void> {
    void this.#begin(null);
    await this.#settled();
  }

  async apply(config: Config, keepGoing: boolean): Promise<Result<null, ApplyFailure | CommandFailure>> {
    if (this.#status.kind === 'failed') {
      // The config may be what the engine dies of, so it is not given that one again.
      this.#config = null;
      await this.#revive();
    }
    const result = await this.#call('apply', { config, options: { keepGoing } });
    if (!result.ok) return result;
    this.#told.configChanged(this.#config, config);
    this.#config = config;
    return result;
  }

  async setAdmin(request: EngineArguments['setAdmin']): Promise<Result<null, CommandFailure>> {
    const result = await this.#call('setAdmin', request);
    if (result.ok) this.#told.admin.set(request, request.state === 'enabled' ? null : request);
    return result;
  }

  async forceHealth(request: EngineArguments['forceHealth']): Promise<Result<null, CommandFailure>> {
    const result = await this.#call('forceHealth', request);
    if (result.ok) this.#told.forced.set(request, request.forced === null ? null : request);
    return result;
  }

  async setFaults(request: EngineArguments['setFaults']): Promise<Result<null, CommandFailure>> {
    const result = await this.#call('setFaults', request);
    if (result.ok) this.#told.faults.set(request, request);
    return result;
  }

  async clearFaults(): Promise<Result<null, CommandFailure>> {
    const result = await this.#call('clearFaults', null);
    if (result.ok && this.#config) this.#told.clearFaults(this.#config);
    return result;
  }

  noteBroken = (note: EngineArguments['noteBroken']) => this.#call('noteBroken', note);

  /** Null while the engine is away. */
  async tally(request: EngineArguments['tally']): Promise<RunTally | null> {
    const answer = await this.#call('tally', request);
    return answer && 'ok' in answer ? null : answer;
  }

  async noteScenario(note: EngineArguments['noteScenario']): Promise<null> {
    await this.#call('noteScenario', note);
    return null;
  }

  /** The state as it is now, or as it was last seen while the engine is away. */
  async currentSnapshot(): Promise<Snapshot> {
    const answer = await this.#call('snapshot', null);
    return 'seq' in answer ? answer : (this.#lastSnapshot ?? NO_SNAPSHOT);
  }

  async setRunning(request: EngineArguments['setRunning']): Promise<Result<null, CommandFailure>> {
    if (this.#status.kind === 'failed' && request.isRunning) {
      this.#isRunning = true;
      await this.#revive();
    }
    const result = await this.#call('setRunning', request);
    if (result.ok) this.#isRunning = request.isRunning;
    return result;
  }

  /** A snapshot, and batches from then on; null while the engine is away: one follows when it is back. */
  async watch(): Promise<Snapshot | null> {
    this.#isWatched = true;
    const answer = await this.#call('watch', null);
    return 'seq' in answer ? this.#remember(answer) : null;
  }

  async unwatch(): Promise<void> {
    this.#isWatched = false;
    await this.#call('unwatch', null);
  }

  /** What the log holds; empty while the engine is away. Batches bring the rest while it is shown. */
  async showLog(isShown: boolean): Promise<readonly ExchangeLine[]> {
    this.#isLogShown = isShown;
    const answer = await this.#call('showLog', { isShown });
    return 'ok' in answer ? [] : answer;
  }

  exchange = (request: EngineArguments['exchange']) => this.#call('exchange', request);
  recording = (request: EngineArguments['recording']) => this.#call('recording', request);
  durations = () => this.#call('durations', null);
  exchangesInFull = (request: EngineArguments['exchangesInFull']) => this.#call('exchangesInFull', request);
  setCapture = (request: EngineArguments['setCapture']) => this.#call('setCapture', request);
  sendAgain = (request: EngineArguments['sendAgain']) => this.#call('sendAgain', request);
  probeNow = (key: EngineArguments['probeNow']) => this.#call('probeNow', key);
  tryProbe = (request: EngineArguments['tryProbe']) => this.#call('tryProbe', request);
  dropConnections = (key: EngineArguments['dropConnections']) => this.#call('dropConnections', key);
  resetCounters = (request: EngineArguments['resetCounters']) => this.#call('resetCounters', request);

  /** Lets what is in flight finish within the grace, then ends the thread. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    this.#cancelRestart?.();
    const link = this.#link;
    if (!link) {
      this.#settle();
      return;
    }
    let cancel: () => void = () => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#clock.after(graceMs + STOP_MARGIN_MS, resolve);
    });
    await Promise.race([link.call('stop', { graceMs }), limit]);
    cancel();
    await link.terminate();
    this.#settle();
  }

  #call<C extends keyof EngineCalls>(call: C, argument: EngineArguments[C]): Promise<EngineAnswer<C> | Lost> {
    const status = this.#status;
    if (this.#link && status.kind === 'running') return this.#link.call(call, argument);
    return Promise.resolve(
      unavailable(
        status.kind === 'failed'
          ? `The engine keeps stopping (${status.reason}). Change the config, or switch the balancer on, to try again.`
          : 'The engine is starting; try again in a moment.',
      ),
    );
  }

  /** @param restartReason why the engine before this one ended; null for the first */
  async #begin(restartReason: string | null): Promise<void> {
    this.#history.beginLife();
    this.#startedAt = this.#clock.now();
    let worker: Worker;
    try {
      worker = this.#spawn();
    } catch (error) {
      this.#ended(error instanceof Error ? error.message : String(error));
      return;
    }
    const link = new WorkerLink(worker, {
      onPush: (push) => this.#pass(push),
      onExit: (reason) => this.#ended(reason),
    });
    this.#link = link;
    if (!(await link.ready)) return;
    await this.#restore(link);
    if (this.#link !== link || this.#isStopping) return;
    this.#setStatus({ kind: 'running' });
    if (restartReason === null) return;
    const event = this.#history.restarted(restartReason, this.#clock.now());
    this.#events.onPush({ push: 'event', payload: event });
    if (!this.#isWatched) return;
    const snapshot = await this.watch();
    if (snapshot) this.#events.onPush({ push: 'snapshot', payload: snapshot });
  }

  /** Pools and switches first, listeners last: not one request may reach a backend that is switched off. */
  async #restore(link: WorkerLink): Promise<void> {
    const config = this.#config;
    if (!this.#isRunning) await link.call('setRunning', { isRunning: false });
    if (!config) return;
    const options = { keepGoing: true };
    await link.call('apply', { config: { ...config, listeners: [] }, options });
    for (const request of this.#told.admin.values()) await link.call('setAdmin', request);
    for (const request of this.#told.forced.values()) await link.call('forceHealth', request);
    for (const request of this.#told.faults.values()) await link.call('setFaults', request);
    if (this.#isLogShown) await link.call('showLog', { isShown: true });
    await link.call('apply', { config, options });
  }

  #pass(push: EnginePush): void {
    switch (push.push) {
      case 'event': {
        // What an engine says while it is brought back to where it was is no news, unless something failed.
        const { kind } = push.payload;
        if (
          this.#status.kind !== 'running' &&
          (kind === 'admin' || kind === 'health-forced' || kind === 'faults-set' || kind === 'config-applied')
        )
          return;
        this.#events.onPush({ push: 'event', payload: this.#history.add(push.payload) });
        return;
      }
      case 'batch':
        this.#events.onPush({ push: 'batch', payload: this.#history.inBatch(push.payload) });
        return;
      case 'snapshot':
        this.#events.onPush({ push: 'snapshot', payload: this.#remember(push.payload) });
    }
  }

  #ended(reason: string): void {
    this.#link = null;
    if (this.#isStopping) return;
    const delayMs = this.#plan.nextDelay(this.#clock.now() - this.#startedAt);
    if (delayMs === null) {
      this.#setStatus({ kind: 'failed', reason });
      return;
    }
    this.#setStatus({ kind: 'restarting', reason });
    this.#cancelRestart = this.#clock.after(delayMs, () => void this.#begin(reason));
  }

  async #revive(): Promise<void> {
    const reason = this.#status.kind === 'failed' ? this.#status.reason : '';
    this.#plan.reset();
    this.#setStatus({ kind: 'restarting', reason });
    void this.#begin(reason);
    await this.#settled();
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #remember(snapshot: Snapshot): Snapshot {
    this.#lastSnapshot = this.#history.inSnapshot(snapshot);
    return this.#lastSnapshot;
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status;
    this.#events.onStatus(status);
    if (status.kind === 'running' || status.kind === 'failed') this.#settle();
  }
}
