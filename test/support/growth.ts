/** How much larger the one input is: linear work takes 16 times as long, quadratic work 256 times. */
const LINEAR = 16;
/** In between: memory, its collection and other programs slow down the larger one by a few times. */
const MOST = 80;
const ROUNDS = 5;
/** Below this a clock says little: the work is then repeated. */
const LEAST_MS = 2;
/** A noisy machine can spoil a measurement, but not all of them. */
const ATTEMPTS = 6;
/** Rounds that take as long as this need not be repeated, and nor do measurements. */
const LONG_MS = 2_000;

/** Milliseconds of the fastest of some rounds: what slows a round down is somebody else. */
function fastest(run: () => void, repeats: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let at = 0; at < repeats; at++) run();
    least = Math.min(least, performance.now() - start);
    if (least > LONG_MS) break;
  }
  return least;
}

/**
 * How much longer work takes on an input sixteen times as large, the least of several measurements: about 16 when time
 * grows with the size, about 256 when it grows with its square.
 *
 * @param input makes one of about so many bytes; not part of what is measured
 * @param size bytes of the larger of the two
 */
export function growthOf<T>(size: number, input: (size: number) => T, run: (input: T) => unknown): number {
  const [small, large] = [input(Math.ceil(size / LINEAR)), input(size)];
  run(small);
  let repeats = 1;
  while (fastest(() => run(small), repeats) < LEAST_MS && repeats < 10_000) repeats *= 2;
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST; attempt++) {
    const smallMs = fastest(() => run(small), repeats);
    const largeMs = fastest(() => run(large), repeats);
    least = Math.min(least, largeMs / smallMs);
    if (largeMs > LONG_MS) break;
  }
  return least;
}

/** What `growthOf` stays below when time is linear in the size. */
export const LINEAR_GROWTH = MOST;
