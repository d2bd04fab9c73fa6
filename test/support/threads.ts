import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import type { TrafficJob } from '../../electron/services/traffic/traffic-thread.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Threads {
  readonly spawnEngine: () => Worker;
  readonly spawnDemo: () => Worker;
  readonly spawnTraffic: (job: TrafficJob) => Worker;
}

/** The real threads, bundled from the sources as they are now. */
export async function buildThreads(): Promise<Threads> {
  const outDir = await mkdtemp(join(tmpdir(), 'switchyard-threads-'));
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
    build: {
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        platform: 'node',
        external: [/^node:/],
        input: {
          worker: 'electron/engine/core/worker.ts',
          demo: 'electron/services/demo/demo-worker.ts',
          traffic: 'electron/services/traffic/traffic-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  return {
    spawnEngine: () => new Worker(join(outDir, 'worker.mjs')),
    spawnDemo: () => new Worker(join(outDir, 'demo.mjs')),
    spawnTraffic: (job) => new Worker(join(outDir, 'traffic.mjs'), { workerData: job }),
  };
}
