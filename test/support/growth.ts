/** How many small inputs add up to the large one. */
const PARTS = 16;
/** What `growthOf` stays below where the work is linear: 1 plus what caches and garbage collection add. */
export const LINEAR_GROWTH = 4;
/** Milliseconds of CPU below which a figure says little; the work is then repeated. */
const LEAST_MS = 4;
const MOST_REPEATS = 1_000_000;
/** Work that takes this long is measured once. */
const LONG_MS = 2_000;
/** The least of several measurements counts: other programs only make one larger. */
const ATTEMPTS = 12;

/**
 * How much more CPU one input of `size` bytes costs than the same bytes in 16 inputs: about 1 where the work is linear,
 * about 16 where it is quadratic. CPU time of this process, so a busy machine changes little.
 *
 * @param input makes an input of about so many bytes; not measured
 */
export function growthOf<T>(size: number, input: (size: number) => T, run: (input: T) => unknown): number {
  const [small, large] = [input(Math.ceil(size / PARTS)), input(size)];
  let repeats = 1;
  const parts = () => cpuMs(() => run(small), PARTS * repeats);
  while (parts() < LEAST_MS && repeats < MOST_REPEATS) repeats *= 2;
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && least >= LINEAR_GROWTH; attempt++) {
    const largeMs = cpuMs(() => run(large), repeats);
    least = Math.min(least, largeMs / parts());
    if (largeMs > LONG_MS) break;
  }
  return least;
}

function cpuMs(run: () => void, times: number): number {
  const before = process.cpuUsage();
  for (let at = 0; at < times; at++) run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
