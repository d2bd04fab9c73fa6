import type { CommandFailure } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { TrafficPlan, TrafficProgress } from '../../shared/traffic.ts';
import { findProblem } from './plan.ts';
import { TrafficRun } from './traffic-run.ts';

/** Sends real requests over real sockets, and counts what comes back. One run at a time. */
export class TrafficGenerator {
  readonly #onProgress: (progress: TrafficProgress) => void;
  #run: TrafficRun | null = null;

  constructor(onProgress: (progress: TrafficProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** @param url of the listener: `http://localhost:8080` */
  start(plan: TrafficPlan, url: string): Result<null, CommandFailure> {
    if (this.#run?.isRunning)
      return fail({ code: 'refused', message: 'Traffic is being sent already; stop it first.' });
    const problem = findProblem(plan);
    if (problem !== null) return fail({ code: 'refused', message: problem });
    this.#run = new TrafficRun(plan, url, this.#onProgress);
    this.#run.start();
    return ok(null);
  }

  /** At once: what is still waiting for its answer is cut, and not counted. */
  stop(): void {
    this.#run?.stop();
  }
}
