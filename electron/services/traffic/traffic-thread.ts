import type { Worker } from 'node:worker_threads';
import type { ListenerTls } from '../../../shared/view/snapshot.ts';
import type { TrafficPlan, TrafficProgress } from '../../../shared/view/traffic.ts';

/** What a generator's thread is started with. */
export interface TrafficJob {
  readonly plan: TrafficPlan;
  /** Of the listener: `http://localhost:8080`. */
  readonly url: string;
  /** What it speaks https with; null for plain http. */
  readonly tls: ListenerTls | null;
}

/** A thread that does not end by itself within this time is ended. */
const STOP_MS = 500;

/**
 * One run on a thread of its own: what it takes to send, and to read what comes back, must not stall the balancer it
 * measures, nor the window.
 */
export class TrafficThread {
  readonly #worker: Worker;
  readonly #onProgress: (progress: TrafficProgress) => void;
  /** Ends with the thread. */
  readonly ended: Promise<void>;
  #last: TrafficProgress;

  constructor(worker: Worker, job: TrafficJob, onProgress: (progress: TrafficProgress) => void) {
    this.#worker = worker;
    this.#onProgress = onProgress;
    this.#last = notBegun(job.plan);
    worker.on('message', (progress: TrafficProgress) => this.#tell(progress));
    worker.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        if (this.#last.state === 'running') this.#tell({ ...this.#last, state: 'lost' });
        resolve();
      });
    });
    this.#tell(this.#last);
  }

  /** At once: what is still waiting for its answer is cut, and not counted. */
  async stop(): Promise<void> {
    this.#worker.postMessage('stop');
    const timer = setTimeout(() => this.#tell({ ...this.#last, state: 'stopped' }), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }

  #tell(progress: TrafficProgress): void {
    if (this.#last.state !== 'running') return;
    this.#last = progress;
    this.#onProgress(progress);
    if (progress.state !== 'running') void this.#worker.terminate();
  }
}

function notBegun(plan: TrafficPlan): TrafficProgress {
  return {
    state: 'running',
    plan,
    sent: 0,
    planned: null,
    answers: {},
    byBackend: {},
    elapsedMs: 0,
    latency: null,
    punctuality: null,
  };
}
