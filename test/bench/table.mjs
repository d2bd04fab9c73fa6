import { say } from '../../scripts/processes.mjs';
import { measure } from './measure.mjs';

/**
 * Measures every peer that can, in turns.
 *
 * @param {import('./bench.mjs').Bench} bench
 * @param {readonly import('./peers.mjs').Peer[]} peers
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {{ rounds: number, seconds: number }} length
 * @returns {Promise<import('./figures.mjs').PeerFigures>}
 */
export async function measurePeers(bench, peers, { backend: script, load }, { rounds, seconds }) {
  const backend = await bench.startBackend(script);
  const able = peers.filter(({ canUpgrade }) => load.kind === 'http' || canUpgrade);
  /** @type {import('./figures.mjs').PeerFigures} */
  const figures = new Map(able.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { name, commandFor } of able) {
      const one = await attempt(() => measure(bench, commandFor(`127.0.0.1:${backend.port}`), load, seconds));
      if (typeof one === 'string') {
        bench.signal.throwIfAborted();
        if (name.startsWith('switchyard')) throw new Error(one);
        say(`  ${round}/${rounds} ${name} failed, and is left out of this round. ${one}`);
        continue;
      }
      figures.get(name)?.push(one);
      say(
        `  ${round}/${rounds} ${name}: ${one.cpuMicros.toFixed(1)} µs, ${Math.round(one.perSecond)} a second`,
      );
    }
  }
  await backend.stop();
  return figures;
}

/**
 * @param {() => Promise<import('./figures.mjs').Figures>} work
 * @returns {Promise<import('./figures.mjs').Figures | string>} the message of what was thrown
 */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
