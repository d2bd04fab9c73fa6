import { parseArgs } from 'node:util';
import { SetupError } from '../../scripts/processes.mjs';

/**
 * @typedef {object} Options
 * @property {boolean} isGuard
 * @property {number} rounds
 * @property {number} seconds of each measurement
 * @property {readonly string[]} scenarios
 * @property {readonly string[]} peers
 * @property {string | null} before the folder of another checkout, built, whose command line is measured in turns with ours
 * @property {boolean} isComplete whether the result may replace docs/benchmarks.md
 */

/**
 * @param {readonly string[]} words of the command line
 * @param {{ scenarios: readonly string[], peers: readonly string[] }} known
 * @returns {Options}
 */
export function parseOptions(words, known) {
  const { only, peers, before = null, quick, soak, guard, rounds } = parse(words);
  const usual = known.scenarios.filter((name) => soak || name !== 'soak');
  return {
    isGuard: guard,
    rounds: rounds === undefined ? (quick ? 1 : 3) : count(rounds),
    seconds: quick ? 0.5 : 1,
    scenarios: only === undefined ? usual : pick('scenario', only, known.scenarios),
    peers: peers === undefined ? known.peers : pick('peer', peers, known.peers),
    before,
    isComplete: !quick && [only, peers, before ?? undefined, rounds].every((one) => one === undefined),
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
        before: { type: 'string' },
        rounds: { type: 'string' },
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

/** @param {string} text */
function count(text) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 99) return value;
  throw new SetupError(`--rounds takes a whole number from 1 to 99, not "${text}".`);
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
