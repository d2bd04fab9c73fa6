/**
 * The same numbers for the same seed, on every machine: mulberry32, of 32 bits of state, which is plenty to rehearse with
 * and nothing to keep a secret with.
 *
 * @param seed a whole number from 0 to 4,294,967,295
 * @returns draws from 0 up to, but not including, 1
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
