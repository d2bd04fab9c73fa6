/** Time, so that tests can hold it. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Returns the function that calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/**
 * The wall clock, since the epoch: `performance.now` stands still while a laptop sleeps, and would fall behind for good.
 */
export const systemClock: Clock = { now: () => Date.now(), after };

/** From an arbitrary start: one that is set does not make anything early or late. */
export const monotonicClock: Clock = { now: () => performance.now(), after };
