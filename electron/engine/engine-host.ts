import type { Worker } from 'node:worker_threads';
import type { Config } from '../../shared/config.ts';
import type { CommandFailure, EngineStatus } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import type { AdminState } from '../../shared/snapshot.ts';
import type { ApplyFailure, EngineArguments, EngineCalls, EnginePush, WorkerMessage } from './engine-api.ts';

/** Waits before a restart, one after the other; an engine that lasts a minute starts again at the first. */
const RESTART_DELAYS_MS = [100, 500, 2_000, 5_000] as const;
const STABLE_MS = 60_000;
/** What `stop` waits for beyond the grace it gives the engine. */
const STOP_MARGIN_MS = 1_000;

export interface HostEvents {
  onPush(push: EnginePush): void;
  onStatus(status: EngineStatus): void;
}

type Answer = (result: unknown) => void;
type Lost = { readonly ok: false; readonly error: CommandFailure };

const UNAVAILABLE: Lost = {
  ok: false,
  error: { code: 'engine-unavailable', message: 'The engine is restarting; try again in a moment.' },
};

/**
 * Main's handle on the engine's thread: starts it, passes calls across, and when it dies starts another with the
 * same config, the same switched-off backends and the same on/off switch.
 */
export class EngineHost {
  readonly #spawn: () => Worker;
  readonly #events: HostEvents;
  readonly #waiting = new Map<number, Answer>();
  readonly #admin = new Map<string, Parameters<EngineCalls['setAdmin']>[0]>();
  #worker: Worker | null = null;
  #status: EngineStatus = { kind: 'starting' };
  #config: Config | null = null;
  #isRunning = true;
  #isWatched = false;
  #isStopping = false;
  #lastId = 0;
  #restarts = 0;
  #startedAt = 0;
  #restartTimer: NodeJS.Timeout | null = null;

  constructor(spawn: () => Worker, events: HostEvents) {
    this.#spawn = spawn;
    this.#events = events;
  }

  get status(): EngineStatus {
    return this.#status;
  }

  /** Resolves when the engine can be called. */
  async start(): Promise<void> {
    await this.#startWorker();
    this.#setStatus({ kind: 'running' });
  }

  async apply(config: Config, keepGoing: boolean): Promise<Result<null, ApplyFailure | CommandFailure>> {
    const result = await this.#call('apply', { config, options: { keepGoing } });
    if (result.ok) this.#config = config;
    return result;
  }

  async setAdmin(request: EngineArguments['setAdmin']): Promise<Result<null, CommandFailure>> {
    const result = await this.#call('setAdmin', request);
    const key = JSON.stringify([request.pool, request.backend]);
    if (result.ok && request.state === ('enabled' satisfies AdminState)) this.#admin.delete(key);
    else if (result.ok) this.#admin.set(key, request);
    return result;
  }

  async setRunning(request: EngineArguments['setRunning']): Promise<Result<null, CommandFailure>> {
    const result = await this.#call('setRunning', request);
    if (result.ok) this.#isRunning = request.isRunning;
    return result;
  }

  /** A snapshot, and batches from then on; null while the engine is away: one follows when it is back. */
  async watch(): Promise<Awaited<ReturnType<EngineCalls['watch']>> | null> {
    this.#isWatched = true;
    const answer = await this.#call('watch', null);
    return 'seq' in answer ? answer : null;
  }

  async unwatch(): Promise<void> {
    this.#isWatched = false;
    if (this.#worker) await this.#call('unwatch', null);
  }

  probeNow = (key: EngineArguments['probeNow']) => this.#call('probeNow', key);
  resetCounters = (request: EngineArguments['resetCounters']) => this.#call('resetCounters', request);
  startTraffic = (plan: EngineArguments['startTraffic']) => this.#call('startTraffic', plan);
  stopTraffic = () => this.#call('stopTraffic', null);

  /** Lets what is in flight finish within the grace, then ends the thread. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    if (this.#restartTimer) clearTimeout(this.#restartTimer);
    const worker = this.#worker;
    if (!worker) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise((resolve) => {
      timer = setTimeout(resolve, graceMs + STOP_MARGIN_MS);
    });
    await Promise.race([this.#call('stop', { graceMs }), limit]);
    clearTimeout(timer);
    await worker.terminate();
  }

  #call<C extends keyof EngineCalls>(
    call: C,
    argument: EngineArguments[C],
  ): Promise<Awaited<ReturnType<EngineCalls[C]>> | Lost> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve(UNAVAILABLE);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      // The worker answers a call with what that call returns: both sides are built from the same types.
      this.#waiting.set(id, resolve as Answer);
      worker.postMessage({ id, call, argument });
    });
  }

  #startWorker(): Promise<void> {
    const worker = this.#spawn();
    this.#startedAt = performance.now();
    let reason = 'it ended';
    return new Promise((resolve, reject) => {
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'ready') {
          this.#worker = worker;
          resolve();
        } else if (message.kind === 'push') {
          this.#events.onPush(message.body);
        } else {
          this.#waiting.get(message.id)?.(message.result);
          this.#waiting.delete(message.id);
        }
      });
      worker.on('error', (error) => {
        reason = error.message;
      });
      worker.on('exit', () => {
        const hasStarted = this.#worker === worker;
        if (hasStarted) this.#lost(reason);
        else reject(new Error(reason));
      });
    });
  }

  #lost(reason: string): void {
    this.#worker = null;
    for (const answer of this.#waiting.values()) answer(UNAVAILABLE);
    this.#waiting.clear();
    if (!this.#isStopping) this.#scheduleRestart(reason);
  }

  #scheduleRestart(reason: string): void {
    if (performance.now() - this.#startedAt > STABLE_MS) this.#restarts = 0;
    const delayMs = RESTART_DELAYS_MS[this.#restarts++];
    if (delayMs === undefined) {
      this.#setStatus({ kind: 'failed', reason });
      return;
    }
    this.#setStatus({ kind: 'restarting', reason });
    this.#restartTimer = setTimeout(() => void this.#restart(reason), delayMs);
  }

  async #restart(reason: string): Promise<void> {
    try {
      await this.#startWorker();
    } catch (error) {
      this.#scheduleRestart(error instanceof Error ? error.message : String(error));
      return;
    }
    if (!this.#isRunning) await this.#call('setRunning', { isRunning: false });
    if (this.#config) await this.#call('apply', { config: this.#config, options: { keepGoing: true } });
    for (const request of this.#admin.values()) await this.#call('setAdmin', request);
    this.#setStatus({ kind: 'running' });
    if (!this.#isWatched) return;
    const snapshot = await this.watch();
    if (!snapshot) return;
    const event = { kind: 'engine-restarted', reason, id: 0, at: Date.now() } as const;
    this.#events.onPush({ push: 'snapshot', payload: { ...snapshot, events: [...snapshot.events, event] } });
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status;
    this.#events.onStatus(status);
  }
}
