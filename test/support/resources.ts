import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How many handles of a kind keep this process alive: `TCPSocketWrap`, `Timeout`, … */
export function resources(kind: string): number {
  return process.getActiveResourcesInfo().filter((one) => one === kind).length;
}

/** Bytes of heap in use once everything that can be collected has been. */
export async function heapAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node does not let its heap be collected');
  // What a turn of the loop still holds is let go between two collections.
  for (let left = 3; left > 0; left--) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}
