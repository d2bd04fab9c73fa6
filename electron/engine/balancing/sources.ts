import { randomBytes } from 'node:crypto';

/** What policies have from outside, so that a test can say what comes. */
export interface Sources {
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  /** Signs sticky cookies when the config has no key; 32 bytes nobody knows. */
  readonly key: Uint8Array;
}

export function systemSources(): Sources {
  return { random: Math.random, nowMs: () => performance.now(), key: randomBytes(32) };
}
