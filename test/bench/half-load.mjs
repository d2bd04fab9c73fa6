import { say } from '../../scripts/processes.mjs';
import { scenario } from './scenarios.mjs';

const WARM_UP_SECONDS = 0.8;
const FULL_SPEED_SECONDS = 1;

/**
 * @typedef {{ perSecond: number, directMs: number, proxiedMs: number }} HalfLoad 99th percentiles, straight to the
 *   backend and through the proxy, at so many requests a second
 */

/**
 * How long a proxy holds up a request while it has time: at half the rate of its own full speed.
 *
 * @param {import('./bench.mjs').Bench} bench
 * @param {readonly import('./peers.mjs').Peer[]} peers
 * @param {{ rounds: number, seconds: number }} length
 * @returns {Promise<Map<string, HalfLoad[]>>}
 */
export async function measureHalfLoad(bench, peers, { rounds, seconds }) {
  const { backend: script, load } = scenario('60b');
  const backend = await bench.startBackend(script);
  /** @type {Map<string, HalfLoad[]>} */
  const figures = new Map(peers.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { name, commandFor } of peers) {
      const proxy = await bench.startProxy(commandFor(`127.0.0.1:${backend.port}`));
      const settings = { ...load.settings, port: proxy.port };
      await bench.load('http', { ...settings, seconds: WARM_UP_SECONDS });
      const full = await bench.load('http', { ...settings, seconds: FULL_SPEED_SECONDS });
      const perSecond = Math.round(full.answers / full.elapsedSeconds / 2);
      const half = { ...settings, perSecond, seconds };
      const direct = await bench.load('http', { ...half, port: backend.port });
      const proxied = await bench.load('http', half);
      await proxy.stop();
      figures.get(name)?.push({ perSecond, directMs: direct.p99Ms, proxiedMs: proxied.p99Ms });
      say(`  ${round}/${rounds} ${name}: p99 ${direct.p99Ms.toFixed(2)} → ${proxied.p99Ms.toFixed(2)} ms`);
    }
  }
  await backend.stop();
  return figures;
}
