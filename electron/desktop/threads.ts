import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SwitchyardParts } from './switchyard-app.ts';

/** @param folder where the threads' bundles stand, beside main's own */
export function createThreads(
  folder: string,
): Pick<SwitchyardParts, 'spawnEngine' | 'spawnDemo' | 'spawnTraffic'> {
  return {
    spawnEngine: () => new Worker(join(folder, 'worker.js')),
    spawnDemo: () => new Worker(join(folder, 'demo-worker.js')),
    spawnTraffic: (job) => new Worker(join(folder, 'traffic-worker.js'), { workerData: job }),
  };
}
