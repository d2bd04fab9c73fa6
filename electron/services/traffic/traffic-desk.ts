import type { Worker } from 'node:worker_threads';
import type { CommandFailure } from '../../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { PoolSnapshot, Snapshot } from '../../../shared/view/snapshot.ts';
import {
  RUNS_KEPT,
  type TrafficPlan,
  type TrafficProgress,
  type TrafficRun,
} from '../../../shared/view/traffic.ts';
import { findProblem } from './plan.ts';
import { type TrafficJob, TrafficThread } from './traffic-thread.ts';

export interface TrafficParts {
  readonly spawn: (job: TrafficJob) => Worker;
  /** The balancer as it is now. */
  readonly snapshot: () => Promise<Snapshot>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  onProgress(progress: TrafficProgress): void;
  /** What is kept has changed. */
  onRuns(runs: readonly TrafficRun[]): void;
}

/** Sends real requests over real sockets, one run at a time, and keeps what came of the last ones. */
export class TrafficDesk {
  readonly #parts: TrafficParts;
  #thread: TrafficThread | null = null;
  #progress: TrafficProgress | null = null;
  #runs: readonly TrafficRun[] = [];
  #lastId = 0;

  constructor(parts: TrafficParts) {
    this.#parts = parts;
  }

  get progress(): TrafficProgress | null {
    return this.#progress;
  }

  /** Oldest first, `RUNS_KEPT` at most. */
  get runs(): readonly TrafficRun[] {
    return this.#runs;
  }

  async start(plan: TrafficPlan): Promise<Result<null, CommandFailure>> {
    const problem = findProblem(plan);
    if (problem !== null) return refuse(problem);
    const before = await this.#parts.snapshot();
    const listener = before.listeners.find((one) => one.name === plan.listener);
    if (!listener) return refuse(`There is no listener "${plan.listener}".`);
    if (listener.state.kind !== 'listening')
      return refuse(`${listener.address} is not listening, so nothing can be sent to it.`);
    if (this.#thread) return refuse('Traffic is being sent already; stop it first.');
    const startedAt = this.#parts.now();
    const job = { plan, url: listener.url, tls: listener.tls };
    const thread = new TrafficThread(this.#parts.spawn(job), job, (progress) => {
      this.#progress = progress;
      this.#parts.onProgress(progress);
    });
    this.#thread = thread;
    void thread.ended.then(() => this.#keep(startedAt, before));
    return ok(null);
  }

  async stop(): Promise<Result<null, CommandFailure>> {
    await this.#thread?.stop();
    return ok(null);
  }

  /** Takes a run out of those that are kept. */
  forget(id: number): Result<null, CommandFailure> {
    if (!this.#runs.some((run) => run.id === id)) return refuse(`Run ${id} is not kept any more.`);
    this.#setRuns(this.#runs.filter((run) => run.id !== id));
    return ok(null);
  }

  async #keep(startedAt: number, before: Snapshot): Promise<void> {
    this.#thread = null;
    const progress = this.#progress;
    if (!progress || progress.sent === 0) return;
    const after = poolOf(await this.#parts.snapshot(), progress.plan);
    const first = poolOf(before, progress.plan);
    const run: TrafficRun = {
      id: ++this.#lastId,
      startedAt,
      policy: first?.policy ?? null,
      hasPolicyChanged: first?.policy !== after?.policy,
      attempts: first && after ? attemptsBetween(first, after) : null,
      progress,
    };
    this.#setRuns([...this.#runs, run].slice(-RUNS_KEPT));
  }

  #setRuns(runs: readonly TrafficRun[]): void {
    this.#runs = runs;
    this.#parts.onRuns(runs);
  }
}

const poolOf = (snapshot: Snapshot, plan: TrafficPlan) =>
  snapshot.pools.find((pool) => pool.name === plan.pool);

/** Null when counters went back meanwhile: somebody reset them. */
function attemptsBetween(before: PoolSnapshot, after: PoolSnapshot): number | null {
  const earlier = new Map(before.backends.map(({ name, counters }) => [name, counters.requests]));
  let attempts = 0;
  for (const { name, counters } of after.backends) {
    const gained = counters.requests - (earlier.get(name) ?? 0);
    if (gained < 0) return null;
    attempts += gained;
  }
  return attempts;
}

const refuse = (message: string) => fail<CommandFailure>({ code: 'refused', message });
