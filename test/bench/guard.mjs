import { say } from '../../scripts/processes.mjs';
import { bestCpuRatio } from './figures.mjs';
import { preparePeers } from './peers.mjs';
import { scenario } from './scenarios.mjs';
import { measurePeers } from './table.mjs';

/** A quarter to a third is usual; the rest is for busy machines. */
const LIMIT = 0.5;
const LENGTH = { rounds: 3, seconds: 0.8 };
/** A first result above the limit is measured again before it counts. */
const ATTEMPTS = 2;

/**
 * Whether a request still costs Switchyard well under what it costs http-proxy.
 *
 * @param {import('./bench.mjs').Bench} bench
 * @param {string} work
 * @returns {Promise<number>} the exit code
 */
export async function guard(bench, work) {
  const peers = await preparePeers(['switchyard', 'http-proxy'], work);
  /** @type {import('./figures.mjs').PeerFigures} */
  const figures = new Map();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const more = await measurePeers(bench, peers, scenario('60b'), LENGTH);
    for (const [name, rounds] of more) figures.set(name, [...(figures.get(name) ?? []), ...rounds]);
    const verdict = judge(bestCpuRatio(figures, 'switchyard', 'http-proxy'), LIMIT);
    say(verdict.text);
    if (verdict.isGood) return 0;
  }
  return 1;
}

/**
 * @param {number | null} ratio
 * @param {number} limit
 */
export function judge(ratio, limit) {
  if (ratio === null) return { isGood: false, text: 'Nothing was measured.' };
  const isGood = ratio <= limit;
  const text = `A request takes ${ratio.toFixed(2)} × the CPU it takes http-proxy, ${isGood ? 'within' : 'above'} the limit of ${limit} ×.`;
  return { isGood, text };
}
