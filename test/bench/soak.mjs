import { say } from '../../scripts/processes.mjs';
import { measureRunning } from './measure.mjs';
import { scenario } from './scenarios.mjs';

const STEP = 250_000;
const STEPS = 8;

/** @typedef {{ requests: number, rssMb: number }} SoakStep */

/**
 * Memory over two million requests on 1,024 connections, which are opened anew for each quarter of a million.
 *
 * @param {import('./bench.mjs').Bench} bench
 * @param {import('./peers.mjs').Peer} peer
 * @returns {Promise<SoakStep[]>}
 */
export async function measureSoak(bench, { commandFor }) {
  const { backend: script, load } = scenario('60b-1024');
  const backend = await bench.startBackend(script);
  const proxy = await bench.startProxy(commandFor(`127.0.0.1:${backend.port}`));
  /** @type {SoakStep[]} */
  const steps = [];
  for (let step = 1; step <= STEPS; step++) {
    const { rssMb } = await measureRunning(bench, proxy, load, { answersWanted: STEP });
    steps.push({ requests: step * STEP, rssMb });
    say(`  ${(step * STEP).toLocaleString('en-US')} requests: ${rssMb.toFixed(0)} MB`);
  }
  await proxy.stop();
  await backend.stop();
  return steps;
}
