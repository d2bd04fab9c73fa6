import { parseArgs } from 'node:util';
import { SetupError } from '../../scripts/processes.mjs';

/**
 * @typedef {object} Options
 * @property {boolean} isGuard
 * @property {number} rounds
 * @property {number} seconds of each measurement
 * @property {readonly string[]} scenarios
 * @property {readonly string[]} peers
 * @property {boolean} isComplete whether the result may replace docs/benchmarks.md
 */

/**
 * @param {readonly string[]} words of the command line
 * @param {{ scenarios: readonly string[], peers: readonly string[] }} known
 * @returns {Options}
 */
export function parseOptions(words, known) {
  const { only, peers, quick, soak, guard } = parse(words);
  const usual = known.scenarios.filter((name) => soak || name !== 'soak');
  return {
    isGuard: guard,
    rounds: quick ? 1 : 3,
    seconds: quick ? 0.5 : 1,
    scenarios: only === undefined ? usual : pick('scenario', only, known.scenarios),
    peers: peers === undefined ? known.peers : pick('peer', peers, known.peers),
    isComplete: !quick && only === undefined && peers === undefined,
  };
}

/** @param {readonly string[]} words */
function parse(words) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        only: { type: 'string' },
        peers: { type: 'string' },
        quick: { type: 'boolean', default: false },
        soak: { type: 'boolean', default: false },
        guard: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string} what
 * @param {string} list
 * @param {readonly string[]} known
 */
function pick(what, list, known) {
  const wanted = list.split(',');
  const strange = wanted.find((name) => !known.includes(name));
  if (strange === undefined) return wanted;
  throw new SetupError(`There is no ${what} "${strange}"; there are ${known.join(', ')}.`);
}
