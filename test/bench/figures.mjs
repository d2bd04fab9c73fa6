/**
 * What one measurement gave. CPU is microseconds of the proxy's whole process, user and system, for each answer.
 *
 * @typedef {{ cpuMicros: number, perSecond: number, p50Ms: number, p99Ms: number, rssMb: number }} Figures
 * @typedef {Map<string, Figures[]>} PeerFigures the rounds of every peer, by its name
 */

/**
 * The middle one, of an even count the higher of the two; 0 of none.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * @param {readonly Figures[] | undefined} rounds
 * @param {keyof Figures} key
 * @returns {number | null} null when nothing was measured
 */
export function medianOf(rounds, key) {
  return rounds && rounds.length > 0 ? median(rounds.map((round) => round[key])) : null;
}

/**
 * CPU for each request of one peer in terms of another's.
 *
 * @param {PeerFigures | undefined} figures
 * @param {string} own
 * @param {string} other
 * @returns {number | null} null when one of them was not measured
 */
export function cpuRatio(figures, own, other) {
  const mine = medianOf(figures?.get(own), 'cpuMicros');
  const theirs = medianOf(figures?.get(other), 'cpuMicros');
  return mine === null || !theirs ? null : mine / theirs;
}

/**
 * The same of each peer's cheapest round: what else goes on in the machine only ever makes a request dearer.
 *
 * @param {PeerFigures} figures
 * @param {string} own
 * @param {string} other
 * @returns {number | null} null when one of them was not measured
 */
export function bestCpuRatio(figures, own, other) {
  const mine = cheapest(figures.get(own));
  const theirs = cheapest(figures.get(other));
  return mine === null || theirs === null ? null : mine / theirs;
}

/** @param {readonly Figures[] | undefined} rounds */
function cheapest(rounds) {
  return rounds && rounds.length > 0 ? Math.min(...rounds.map(({ cpuMicros }) => cpuMicros)) : null;
}
