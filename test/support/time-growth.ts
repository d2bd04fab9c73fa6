/** How many times larger the second input is. */
const FACTOR = 16;
/** Of each size; the fastest counts, because other programs can only slow one down. */
const RUNS = 5;

/**
 * How much more one large input costs than the same amount in inputs of a sixteenth: about 1 where time is linear, 16
 * where it is quadratic. Measured against itself, so that a slow machine gives the same figure; 4 is a safe limit.
 */
export function timeGrowth(work: (size: number) => void, size: number): number {
  const small = () => {
    for (let count = 0; count < FACTOR; count++) work(size);
  };
  small();
  return fastest(() => work(size * FACTOR)) / fastest(small);
}

function fastest(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < RUNS; count++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
