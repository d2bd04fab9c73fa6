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
      const one = await measure(bench, commandFor(`127.0.0.1:${backend.port}`), load, seconds);
      figures.get(name)?.push(one);
      const { cpuMicros, perSecond } = one;
      say(`  ${round}/${rounds} ${name}: ${cpuMicros.toFixed(1)} µs, ${Math.round(perSecond)} a second`);
    }
  }
  await backend.stop();
  return figures;
}
