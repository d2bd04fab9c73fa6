import fc from 'fast-check';

/** Shorter than the shortest time a test has, in ms: what was found by then is printed, where a timeout would say nothing. */
const LIMIT_MS = 25_000;

/**
 * How often a property is tried. A failure prints its seed and path; to see it again:
 * `FC_SEED=<seed> FC_PATH=<path> npx vitest run <file> -t <name>`.
 */
export function runs(numRuns: number): fc.Parameters<unknown> {
  const { FC_SEED: seed, FC_PATH: path } = process.env;
  return {
    numRuns,
    interruptAfterTimeLimit: LIMIT_MS,
    markInterruptAsFailure: true,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  };
}

/** Bytes in pieces, cut at so many per mille of their length: cuts that shrink, whatever the bytes are. */
export function cut(bytes: Buffer, permille: readonly number[]): Buffer[] {
  const at = permille.map((one) => Math.floor((one * bytes.length) / 1_000));
  const offsets = [...new Set([0, ...at, bytes.length])].sort((a, b) => a - b);
  return offsets.slice(1).map((end, index) => bytes.subarray(offsets[index], end));
}

export const cuts = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 12 });
