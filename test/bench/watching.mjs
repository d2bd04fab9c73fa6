import { say } from '../../scripts/processes.mjs';
import { buildEngineThread, WORKER } from './engine-thread.mjs';
import { median } from './figures.mjs';
import { measureRunning } from './measure.mjs';
import { scenario } from './scenarios.mjs';

/** Odd, so that the median is one of them. */
const ROUNDS = 9;
const SECONDS = 1.5;
/** What opening the log costs once, and what leaves with closing it, is over by then. */
const SETTLING_SECONDS = 0.4;
/** The same one by as many names: how each of them stood is recorded with every request while somebody watches. */
const BACKENDS = 10;

/** @typedef {{ unwatchedMicros: number, watchedMicros: number }} Watching medians of CPU for each request */

/**
 * What a subscriber with the log open costs: one process, its engine in a thread, watched and not in turns, so that
 * nothing else differs.
 *
 * @param {import('./bench.mjs').Bench} bench
 * @param {string} work
 * @returns {Promise<Watching>}
 */
export async function measureWatching(bench, work) {
  const { backend: script, load } = scenario('60b');
  const backend = await bench.startBackend(script);
  const folder = await buildEngineThread(work);
  const backends = Array.from({ length: BACKENDS }, (_, at) => `127.0.0.1:${backend.port}/${at}`);
  const command = [process.execPath, folder, WORKER, backends.join(',')];
  const proxy = await bench.startProxy({ command });
  const settle = (/** @type {number} */ seconds) =>
    bench.load('http', { ...load.settings, port: proxy.port, seconds });
  await settle(SECONDS);
  /** @type {number[]} */
  const unwatched = [];
  /** @type {number[]} */
  const watched = [];
  for (let round = 1; round <= ROUNDS; round++) {
    for (const list of [unwatched, watched]) {
      const { cpuMicros } = await measureRunning(bench, proxy, load, { seconds: SECONDS });
      list.push(cpuMicros);
      process.kill(proxy.pid, 'SIGUSR2');
      await settle(SETTLING_SECONDS);
    }
    say(`  ${round}/${ROUNDS} ${unwatched.at(-1)?.toFixed(1)} → ${watched.at(-1)?.toFixed(1)} µs`);
  }
  await proxy.stop();
  await backend.stop();
  return { unwatchedMicros: median(unwatched), watchedMicros: median(watched) };
}
