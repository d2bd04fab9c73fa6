import type { Worker } from 'node:worker_threads';
import type { Demo, DemoFacts } from './demo-backends.ts';

/** Demo thread to main, once. */
export interface DemoMessage {
  readonly facts: DemoFacts;
}

/** A thread that does not end by itself within this time is ended. */
const STOP_MS = 3_000;

/**
 * The demo backends on a thread of their own: what they answer must not stall the window, nor the engine.
 *
 * @throws when the thread ends before the backends listen
 */
export function startDemoThread(spawn: () => Worker): Promise<Demo> {
  const worker = spawn();
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the demo ended before it began')));
    worker.once('message', ({ facts }: DemoMessage) => {
      // From here on an error only ends the demo, and its backends are seen to be down.
      worker.on('error', () => undefined);
      resolve({
        ...facts,
        stop: async () => {
          worker.postMessage('stop');
          const timer = setTimeout(() => void worker.terminate(), STOP_MS);
          await ended;
          clearTimeout(timer);
        },
      });
    });
  });
}
